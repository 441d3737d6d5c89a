package io.varuna.rest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what gives access to other systems from being shown. */
final class Secrets {
    private static final Pattern NAME = Pattern.compile(".*(password|passwd|secret|token|credential|privatekey).*");
    private static final String HIDDEN = "******";

    private Secrets() {}

    /** Returns properties with the values of those hidden whose names say that they are secret. */
    static Map<String, @Nullable Object> hidden(Map<?, ?> properties) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                shown.put(name, HIDDEN);
            } else {
                shown.put(name, value instanceof Map<?, ?> inner ? hidden(inner) : value);
            }
        });
        return shown;
    }
}
