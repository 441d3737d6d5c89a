package io.varuna.testkit;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.data.Missing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON for tests: exact rather than fast, and independent of the codec plugin. */
public final class Json {
    private Json() {}

    public static String write(@Nullable Object value) {
        Object plain = plain(value);
        try {
            return plain == null
                    ? "null"
                    : JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a value: objects as maps in their order, whole numbers as {@code Long} as long as they fit, others as
     * {@code Double}. */
    public static @Nullable Object read(String text) {
        try {
            return widened(JSON.std.anyFrom(text));
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + text + "' is not JSON", e);
        }
    }

    public static @Nullable Object read(ByteBuffer payload) {
        return read(StandardCharsets.UTF_8.decode(payload.duplicate()).toString());
    }

    /** Reads one object, or an array of objects, as a list of records. Members that are null are left out. */
    public static List<Map<String, Object>> readRecords(ByteBuffer payload) {
        Object value = read(payload);
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("Not an object: " + item);
            }
            records.add(withoutNulls(map));
        }
        return records;
    }

    static Map<String, Object> withoutNulls(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            if (member != null) {
                copy.put(String.valueOf(name), member);
            }
        });
        return copy;
    }

    /** Returns what is left of a value in JSON: bytes as base64 text, instants as RFC 3339 text, no missing members. */
    public static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Instant instant) {
            return instant.toString();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                if (member != Missing.VALUE) {
                    copy.put(String.valueOf(name), plain(member));
                }
            });
            return copy;
        }
        return value;
    }

    private static @Nullable Object widened(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof BigInteger number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(widened(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(String.valueOf(name), widened(member)));
            return copy;
        }
        return value;
    }
}
