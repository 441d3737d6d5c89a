package io.varuna.plugin.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the property {@code headers}. */
final class Headers {
    /** Headers that the client sets itself, and does not let others set. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private Headers() {}

    static Map<String, String> of(@Nullable Object property) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (property == null || property.equals("")) {
            return headers;
        }
        if (!(property instanceof Map<?, ?> map)) {
            throw InvalidProperty.of("headers", "an object from names to values", property);
        }
        map.forEach((name, value) -> {
            String header = String.valueOf(name);
            if (OWN.contains(header.toLowerCase(Locale.ROOT)) || !header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw InvalidProperty.of("headers", "names of headers other than " + OWN, header);
            }
            headers.put(header, String.valueOf(value));
        });
        return headers;
    }
}
