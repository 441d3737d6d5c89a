package io.varuna.itests.rules.kuiper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what was expected, which can be marked, with what came as JSON. */
final class Same {
    /** Libraries of mathematics differ in the last digits. */
    private static final double TOLERANCE = 1e-13;

    private Same() {}

    static boolean value(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Number wanted) {
            return actual instanceof Number number && number(wanted, number);
        }
        if (expected instanceof List<?> wanted) {
            return actual instanceof List<?> list && list(wanted, list);
        }
        if (expected instanceof Map<?, ?> wanted) {
            return map(new KuiperCase(wanted), actual);
        }
        return expected == null ? actual == null : expected.equals(actual);
    }

    private static boolean number(Number expected, Number actual) {
        if (expected instanceof Long wanted && actual instanceof Long number) {
            return wanted.equals(number);
        }
        double wanted = expected.doubleValue();
        double difference = Math.abs(wanted - actual.doubleValue());
        return difference <= TOLERANCE * Math.max(Math.abs(wanted), 1e-3);
    }

    static boolean list(List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!value(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean inAnyOrder(List<?> expected, List<?> actual) {
        List<Object> left = new ArrayList<>(actual);
        for (Object wanted : expected) {
            int found = 0;
            while (found < left.size() && !value(wanted, left.get(found))) {
                found++;
            }
            if (found == left.size()) {
                return false;
            }
            left.remove(found);
        }
        return left.isEmpty();
    }

    private static boolean map(KuiperCase expected, @Nullable Object actual) {
        switch (expected.mark()) {
            case "" -> {
                return actual instanceof Map<?, ?> map && members(expected.members(), map);
            }
            case "bytes" -> {
                return expected.text("base64").equals(actual);
            }
            case "time" -> {
                return actual instanceof String text
                        && Instant.ofEpochMilli(expected.number("unixMilli")).equals(instant(text));
            }
            default -> {
                return value(Marked.value(expected.members(), Instant.EPOCH), actual);
            }
        }
    }

    private static boolean members(Map<?, ?> expected, Map<?, ?> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return false;
        }
        return expected.entrySet().stream().allMatch(member -> value(member.getValue(), actual.get(member.getKey())));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
