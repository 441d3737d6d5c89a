package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.GroupedStates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The greatest or least values of many groups. */
final class Extremes implements GroupedStates<Extreme.Best> {
    private static final byte NONE = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte OBJECT = 3;

    private final boolean greatest;
    private byte[] kinds = new byte[0];

    /** Numbers as bits, by kind. */
    private long[] numbers = new long[0];

    /** Other values; only as long as it has to be. */
    private @Nullable Object[] objects = new @Nullable Object[0];

    Extremes(Extreme.Side side) {
        this.greatest = side == Extreme.Side.GREATEST;
    }

    @Override
    public void reserve(int groups) {
        if (groups > kinds.length) {
            int length = Math.max(groups, 2 * kinds.length);
            kinds = Arrays.copyOf(kinds, length);
            numbers = Arrays.copyOf(numbers, length);
        }
    }

    @Override
    public int addLongs(int[] groups, long[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int group = groups[i];
            long value = values[i];
            if (kinds[group] == LONG) {
                long best = numbers[group];
                numbers[group] = greatest ? Math.max(value, best) : Math.min(value, best);
            } else if (kinds[group] == NONE) {
                kinds[group] = LONG;
                numbers[group] = value;
            } else {
                return i;
            }
        }
        return to;
    }

    @Override
    public int addDoubles(int[] groups, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!add(groups[i], values[i])) {
                return i;
            }
        }
        return to;
    }

    private boolean add(int group, double value) {
        if (kinds[group] == DOUBLE) {
            double best = Double.longBitsToDouble(numbers[group]);
            if (greatest ? value > best : value < best) {
                numbers[group] = Double.doubleToRawLongBits(value);
                return true;
            }
            // not-a-number has a place of its own
            return value == best || (greatest ? value < best : value > best);
        }
        if (kinds[group] == NONE) {
            kinds[group] = DOUBLE;
            numbers[group] = Double.doubleToRawLongBits(value);
            return true;
        }
        return false;
    }

    @Override
    public int merge(int[] groups, GroupedStates<Extreme.Best> later, int from, int to) {
        Extremes other = (Extremes) later;
        for (int i = from; i < to; i++) {
            if (!merge(groups[i], other, i)) {
                return i;
            }
        }
        return to;
    }

    private boolean merge(int group, Extremes other, int otherGroup) {
        byte kind = other.kinds[otherGroup];
        if (kind == NONE) {
            return true;
        }
        if (kinds[group] == NONE) {
            put(group, other.value(otherGroup));
            return true;
        }
        if (kind == LONG && kinds[group] == LONG) {
            long best = numbers[group];
            long value = other.numbers[otherGroup];
            numbers[group] = greatest ? Math.max(value, best) : Math.min(value, best);
            return true;
        }
        return kind == DOUBLE
                && kinds[group] == DOUBLE
                && add(group, Double.longBitsToDouble(other.numbers[otherGroup]));
    }

    private @Nullable Object value(int group) {
        return switch (kinds[group]) {
            case NONE -> null;
            case LONG -> numbers[group];
            case DOUBLE -> Double.longBitsToDouble(numbers[group]);
            default -> objects[group];
        };
    }

    private void put(int group, @Nullable Object value) {
        if (value == null) {
            kinds[group] = NONE;
        } else if (value instanceof Long number) {
            kinds[group] = LONG;
            numbers[group] = number;
        } else if (value instanceof Double number) {
            kinds[group] = DOUBLE;
            numbers[group] = Double.doubleToRawLongBits(number);
        } else {
            if (group >= objects.length) {
                objects = Arrays.copyOf(objects, kinds.length);
            }
            kinds[group] = OBJECT;
            objects[group] = value;
        }
    }

    @Override
    public Extreme.Best get(int group) {
        return new Extreme.Best(value(group));
    }

    @Override
    public void put(int group, Extreme.Best state) {
        put(group, state.value());
    }

    @Override
    public @Nullable Object result(int group) {
        return value(group);
    }

    @Override
    public void clear() {
        Arrays.fill(kinds, NONE);
        if (objects.length > 0) {
            objects = new @Nullable Object[0];
        }
    }
}
