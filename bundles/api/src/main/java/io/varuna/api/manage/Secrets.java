package io.varuna.api.manage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what gives access to other systems from being shown. */
public final class Secrets {
    private static final String WORDS =
            "password|passwd|pwd|passphrase|secret|token|credential|private[-_]?key|api[-_]?key|access[-_]?key"
                    + "|authorization|cookie";

    private static final Pattern NAME = Pattern.compile(".*(" + WORDS + ").*", Pattern.CASE_INSENSITIVE);

    private static final String HIDDEN = "******";

    /** The password in {@code scheme://user:password@host}, or in {@code user:password@tcp(host)}, where it may hold anything. */
    private static final Pattern PASSWORD_OF_ADDRESS =
            Pattern.compile("(?<=://[^:/@\\s]{0,100}:)[^/@\\s]+(?=@)|(?<=^[^:/@\\s]{0,100}:)(?!//).+(?=@[a-z]*[(/])");

    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;][^=&;\\s]{0,100}(?:" + WORDS + ")[^=&;\\s]{0,100}=)[^&;\\s]+", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** Returns properties with the values of those hidden whose names say that they are secret, and passwords in addresses. */
    public static Map<String, @Nullable Object> hidden(Map<?, ?> properties) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            String name = String.valueOf(key);
            shown.put(name, NAME.matcher(name).matches() ? HIDDEN : hidden(value));
        });
        return shown;
    }

    /** Returns properties in which what comes back as it was shown, hidden, is what it was. */
    public static Map<String, @Nullable Object> kept(Map<?, ?> given, Map<?, ?> former) {
        Map<String, @Nullable Object> shown = hidden(former);
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            boolean untouched = shown.containsKey(name) && Objects.equals(value, shown.get(name));
            kept.put(name, untouched ? former.get(name) : value);
        });
        return kept;
    }

    private static @Nullable Object hidden(@Nullable Object value) {
        if (value instanceof Map<?, ?> inner) {
            return hidden(inner);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Secrets::hidden).toList();
        }
        return value instanceof String text ? hidden(text) : value;
    }

    /** Returns a text with the passwords in addresses hidden. */
    public static String hidden(String text) {
        String shown = PASSWORD_OF_ADDRESS.matcher(text).replaceAll(HIDDEN);
        return PARAMETER.matcher(shown).replaceAll("$1" + HIDDEN);
    }
}
