package io.varuna.itests.rules.kuiper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the cases: JSON, with marks for what JSON has no type for. */
final class Marked {
    static final String MARK = "$t";

    private Marked() {}

    /**
     * Returns a value as a source would emit it.
     *
     * @param now what a time of the moment stands for
     */
    static @Nullable Object value(@Nullable Object written, Instant now) {
        if (written instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(value(element, now)));
            return values;
        }
        if (!(written instanceof Map<?, ?> map)) {
            return written;
        }
        KuiperCase object = new KuiperCase(map);
        switch (object.mark()) {
            case "" -> {
                return row(map, now);
            }
            case "bytes" -> {
                return Base64.getDecoder().decode(object.text("base64"));
            }
            case "time" -> {
                return Instant.ofEpochMilli(object.number("unixMilli"));
            }
            case "now" -> {
                return now;
            }
            case "duration" -> {
                return object.number("ms") * 1_000_000L;
            }
            case "float64" -> {
                return Double.valueOf(object.text("v"));
            }
            case "cast.TNil" -> {
                return null;
            }
            case "map" -> {
                return entries(object.get("entries"), now);
            }
            case "sym" -> {
                return symbol(object);
            }
            default -> throw new UnknownMarkException("a value of type '" + object.mark() + "'");
        }
    }

    /** Returns a row; members that are not there stay away. */
    static Map<String, @Nullable Object> row(Map<?, ?> written, Instant now) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        written.forEach((name, member) -> row.put(String.valueOf(name), value(member, now)));
        return row;
    }

    private static Map<String, @Nullable Object> entries(@Nullable Object entries, Instant now) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (entries instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof List<?> pair && pair.size() == 2) {
                    map.put(String.valueOf(value(pair.get(0), now)), value(pair.get(1), now));
                } else if (entry instanceof Map<?, ?> pair) {
                    map.put(String.valueOf(value(pair.get("k"), now)), value(pair.get("v"), now));
                }
            }
        }
        return map;
    }

    /** Reads the one conversion that the cases write as a call: a time of milliseconds. */
    private static Instant symbol(KuiperCase symbol) {
        if (symbol.text("expr").startsWith("cast.InterfaceToTime(")
                && symbol.list("args").get(0) instanceof Long millis) {
            return Instant.ofEpochMilli(millis);
        }
        throw new UnknownMarkException("the expression '" + symbol.text("expr") + "'");
    }

    /** A value that only eKuiper itself can make. */
    static final class UnknownMarkException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownMarkException(String what) {
            super("needs " + what + " of eKuiper's own code");
        }
    }
}
