package io.varuna.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Results of functions, and whether they are as good as equal. */
final class Results {
    private static final double TOLERANCE = 1e-9;

    private Results() {}

    /** A call that ended with an exception. */
    record Thrown(String message) {}

    /**
     * Returns the result of a call, or what it threw. A function may refuse arguments, but not stumble over them.
     *
     * @throws AssertionError if the exception says nothing to the author of a rule
     */
    static @Nullable Object of(Callable<@Nullable Object> call) {
        try {
            return call.call();
        } catch (NullPointerException | ClassCastException | IndexOutOfBoundsException e) {
            throw new AssertionError("The function stumbles. It should give NULL, or say which argument is wrong", e);
        } catch (Exception e) {
            return new Thrown(String.valueOf(e.getMessage()));
        }
    }

    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Double first && other instanceof Double second) {
            return first.equals(second)
                    || Math.abs(first - second) <= TOLERANCE * Math.max(1, Math.max(Math.abs(first), Math.abs(second)));
        }
        if (one instanceof byte[] first && other instanceof byte[] second) {
            return Arrays.equals(first, second);
        }
        if (one instanceof List<?> first && other instanceof List<?> second) {
            if (first.size() != second.size()) {
                return false;
            }
            for (int i = 0; i < first.size(); i++) {
                if (!same(first.get(i), second.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.entrySet().stream().allMatch(entry -> same(entry.getValue(), second.get(entry.getKey())));
        }
        return Objects.equals(one, other);
    }
}
