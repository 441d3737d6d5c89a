package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.GroupedStates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sums or means of many groups, without rounding as those of {@link ExactSum}. As long as the numbers of a group are all
 * whole, or none is and two doubles hold their sum exactly, it takes three words; otherwise an object.
 */
final class ExactSums implements GroupedStates<ExactSum> {
    private static final int NONE = 0;

    /** The next words are the lower and upper half of the sum. */
    private static final int WHOLES = 1;

    /** The next words are the sum, rounded, and what that lacks. */
    private static final int FRACTIONS = 2;

    private static final int OBJECT = 3;
    private static final int KIND = 3;

    /** What is added to the first word of a group for each number; the lowest bits are the kind. */
    private static final int ONE = 4;

    private static final int WORDS = 3;

    private final boolean mean;
    private long[] words = new long[0];
    private @Nullable ExactSum[] objects = new @Nullable ExactSum[0];

    ExactSums(boolean mean) {
        this.mean = mean;
    }

    @Override
    public void reserve(int groups) {
        if (groups * WORDS > words.length) {
            words = Arrays.copyOf(words, Math.max(groups * WORDS, 2 * words.length));
        }
    }

    @Override
    public int addLongs(int[] groups, long[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = groups[i] * WORDS;
            int kind = (int) words[at] & KIND;
            if (kind == FRACTIONS || kind == OBJECT) {
                object(groups[i]).add(values[i]);
                continue;
            }
            addWhole(at, values[i], values[i] >> 63);
            words[at] = (words[at] | WHOLES) + ONE;
        }
        return to;
    }

    private void addWhole(int at, long low, long high) {
        long sum = words[at + 1] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        words[at + 1] = sum;
        words[at + 2] += high + carry;
    }

    @Override
    public int addDoubles(int[] groups, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = groups[i] * WORDS;
            int kind = (int) words[at] & KIND;
            if (kind == WHOLES || kind == OBJECT || !addFraction(at, values[i], 0)) {
                object(groups[i]).add(values[i]);
                continue;
            }
            words[at] = (words[at] | FRACTIONS) + ONE;
        }
        return to;
    }

    /** Adds a number and what it lacks, if two doubles hold the sum exactly; otherwise changes nothing. */
    private boolean addFraction(int at, double value, double lack) {
        double sum = Double.longBitsToDouble(words[at + 1]);
        double rest = Double.longBitsToDouble(words[at + 2]);
        double rounded = sum + value;
        double error = lost(sum, value, rounded);
        double first = rest + error;
        double both = first + lack;
        // not-a-number and infinity are not equal to zero either
        if (lost(rest, error, first) != 0 || lost(first, lack, both) != 0) {
            return false;
        }
        double whole = rounded + both;
        words[at + 1] = Double.doubleToRawLongBits(whole);
        words[at + 2] = Double.doubleToRawLongBits(lost(rounded, both, whole));
        return true;
    }

    /** Returns what the sum of two numbers lacks, exactly (D. E. Knuth). */
    private static double lost(double left, double right, double sum) {
        double rightPart = sum - left;
        return (left - (sum - rightPart)) + (right - rightPart);
    }

    /** Makes an object of what is known of a group, from now on. */
    private ExactSum object(int group) {
        if ((words[group * WORDS] & KIND) != OBJECT) {
            keep(group, get(group));
        }
        ExactSum known = objects[group];
        if (known == null) {
            throw new IllegalStateException("group " + group);
        }
        return known;
    }

    private void keep(int group, ExactSum sum) {
        if (group >= objects.length) {
            objects = Arrays.copyOf(objects, words.length / WORDS);
        }
        objects[group] = sum;
        words[group * WORDS] = OBJECT;
    }

    @Override
    public int merge(int[] groups, GroupedStates<ExactSum> later, int from, int to) {
        ExactSums other = (ExactSums) later;
        for (int i = from; i < to; i++) {
            merge(groups[i], other, i);
        }
        return to;
    }

    private void merge(int group, ExactSums other, int otherGroup) {
        int at = group * WORDS;
        int from = otherGroup * WORDS;
        int kind = (int) words[at] & KIND;
        int otherKind = (int) other.words[from] & KIND;
        if (otherKind == NONE) {
            return;
        }
        if (kind == NONE && otherKind != OBJECT) {
            System.arraycopy(other.words, from, words, at, WORDS);
            return;
        }
        if (kind == WHOLES && otherKind == WHOLES) {
            addWhole(at, other.words[from + 1], other.words[from + 2]);
            words[at] += other.words[from] - otherKind;
            return;
        }
        boolean fractions = kind == FRACTIONS
                && otherKind == FRACTIONS
                && addFraction(
                        at,
                        Double.longBitsToDouble(other.words[from + 1]),
                        Double.longBitsToDouble(other.words[from + 2]));
        if (fractions) {
            words[at] += other.words[from] - otherKind;
        } else {
            object(group).merge(other.get(otherGroup));
        }
    }

    @Override
    public ExactSum get(int group) {
        int at = group * WORDS;
        long count = words[at] / ONE;
        return switch ((int) words[at] & KIND) {
            case NONE -> new ExactSum();
            case WHOLES -> ExactSum.ofWholes(count, words[at + 1], words[at + 2]);
            case FRACTIONS -> ExactSum.ofFractions(
                    count, Double.longBitsToDouble(words[at + 1]), Double.longBitsToDouble(words[at + 2]));
            default -> object(group).copy();
        };
    }

    @Override
    public void put(int group, ExactSum state) {
        int at = group * WORDS;
        Arrays.fill(words, at, at + WORDS, 0);
        if (state.isOfWholes()) {
            words[at] = state.count() * ONE + WHOLES;
            words[at + 1] = state.low();
            words[at + 2] = state.high();
        } else if (state.isOfTwoFractions() && addFraction(at, state.partial(0), state.partial(1))) {
            words[at] = state.count() * ONE + FRACTIONS;
        } else {
            keep(group, state.copy());
        }
    }

    @Override
    public @Nullable Object result(int group) {
        int at = group * WORDS;
        int kind = (int) words[at] & KIND;
        long count = words[at] / ONE;
        if (kind == NONE) {
            return null;
        }
        if (kind == FRACTIONS) {
            double sum = Double.longBitsToDouble(words[at + 1]);
            return mean ? sum / count : sum;
        }
        if (kind == WHOLES && words[at + 2] == words[at + 1] >> 63) {
            return mean ? (Object) ((double) words[at + 1] / count) : (Object) words[at + 1];
        }
        ExactSum sum = get(group);
        return mean ? sum.mean() : sum.result();
    }

    @Override
    public void clear() {
        Arrays.fill(words, 0);
        if (objects.length > 0) {
            objects = new @Nullable ExactSum[0];
        }
    }
}
