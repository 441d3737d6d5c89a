package io.varuna.plugin.functions.aggregate;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sum without rounding, so that numbers can be taken back, in any order, without a trace: whole numbers in 128 bits,
 * others as an expansion of doubles that do not overlap (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic).
 */
final class ExactSum implements State {
    /** Whole numbers: 128 bits in two's complement. */
    private long low;

    private long high;
    private long wholes;

    /** Other numbers: smallest first, none of which could be added to the next without rounding. */
    private double[] partials = new double[2];

    private int size;
    private long fractions;

    /** Infinities and not-a-numbers, which cannot be taken back from a sum. */
    private long positiveInfinities;

    private long negativeInfinities;
    private long nans;
    private boolean overflowed;

    void add(Number number) {
        if (isWhole(number)) {
            add(number.longValue());
        } else {
            add(number.doubleValue());
        }
    }

    void add(long number) {
        wholes++;
        addWhole(number, number >> 63);
    }

    void add(double number) {
        fractions++;
        addFraction(number, 1);
    }

    /** Takes back a number that was added. */
    void subtract(Number number) {
        if (isWhole(number)) {
            wholes--;
            long value = number.longValue();
            long borrow = Long.compareUnsigned(low, value) < 0 ? 1 : 0;
            low -= value;
            high -= (value >> 63) + borrow;
            return;
        }
        fractions--;
        addFraction(number.doubleValue(), -1);
    }

    /** Returns the sum of whole numbers. */
    static ExactSum ofWholes(long count, long low, long high) {
        ExactSum sum = new ExactSum();
        sum.wholes = count;
        sum.low = low;
        sum.high = high;
        return sum;
    }

    /** Returns the sum of finite fractions, which is that of two doubles. */
    static ExactSum ofFractions(long count, double larger, double smaller) {
        ExactSum sum = new ExactSum();
        sum.fractions = count;
        sum.grow(smaller);
        sum.grow(larger);
        return sum;
    }

    /** Returns the same sum, to be changed by itself. */
    ExactSum copy() {
        ExactSum copy = new ExactSum();
        copy.merge(this);
        return copy;
    }

    /** Tells whether there is at least one number, and all are whole. */
    boolean isOfWholes() {
        return wholes > 0 && fractions == 0 && size == 0 && isFinite() && !overflowed;
    }

    /** Tells whether there is at least one number, none is whole, and two doubles are enough. */
    boolean isOfTwoFractions() {
        return fractions > 0 && wholes == 0 && low == 0 && high == 0 && size <= 2 && isFinite() && !overflowed;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /** Returns one of the doubles whose sum it is; 0 if there are fewer. */
    double partial(int index) {
        return index < size ? partials[index] : 0;
    }

    /** Adds the square of a number. */
    void addSquare(Number number) {
        fractions++;
        addSquare(number.doubleValue(), 1);
    }

    void subtractSquare(Number number) {
        fractions--;
        addSquare(number.doubleValue(), -1);
    }

    void merge(ExactSum other) {
        wholes += other.wholes;
        addWhole(other.low, other.high);
        fractions += other.fractions;
        for (int i = 0; i < other.size; i++) {
            grow(other.partials[i]);
        }
        positiveInfinities += other.positiveInfinities;
        negativeInfinities += other.negativeInfinities;
        nans += other.nans;
        overflowed |= other.overflowed;
    }

    /** Returns how many numbers were added. */
    long count() {
        return wholes + fractions;
    }

    /** Returns the sum: a whole number if all numbers are, null if there is none. */
    @Nullable
    Number result() {
        if (count() == 0) {
            return null;
        }
        if (fractions > 0) {
            return doubleValue();
        }
        if (high != low >> 63) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "The sum '" + wholeValue() + "' exceeds BIGINT. Sum cast(x, 'float') for a FLOAT");
        }
        return low;
    }

    /** Returns the mean, null if there is no number. */
    @Nullable
    Object mean() {
        return count() == 0 ? null : (Object) (doubleValue() / count());
    }

    double doubleValue() {
        if (nans > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
            return Double.NaN;
        }
        if (positiveInfinities + negativeInfinities > 0) {
            return positiveInfinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (fractions == 0 && high == low >> 63) {
            return low;
        }
        checkRange();
        if (wholes == 0) {
            return rounded();
        }
        return exactValue().doubleValue();
    }

    /** Tells whether the sum is of finite numbers only. */
    boolean isFinite() {
        return nans + positiveInfinities + negativeInfinities == 0;
    }

    /** Returns the sum of the finite numbers without rounding. */
    BigDecimal exactValue() {
        checkRange();
        BigDecimal sum = new BigDecimal(wholeValue());
        for (int i = 0; i < size; i++) {
            sum = sum.add(new BigDecimal(partials[i]));
        }
        return sum;
    }

    private BigInteger wholeValue() {
        return BigInteger.valueOf(high)
                .shiftLeft(64)
                .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(low & 1));
    }

    private void checkRange() {
        if (overflowed) {
            throw new VarunaException(StandardError.EVALUATION_FAILED, "The sum exceeds the range of FLOAT");
        }
    }

    private void addWhole(long otherLow, long otherHigh) {
        low += otherLow;
        long carry = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
        high += otherHigh + carry;
    }

    private void addFraction(double value, int sign) {
        if (Double.isNaN(value)) {
            nans += sign;
        } else if (Double.isInfinite(value)) {
            positiveInfinities += value > 0 ? sign : 0;
            negativeInfinities += value < 0 ? sign : 0;
        } else {
            grow(sign * value);
        }
    }

    private void addSquare(double value, int sign) {
        double square = value * value;
        if (!Double.isFinite(value)) {
            addFraction(square, sign);
        } else if (Double.isInfinite(square)) {
            overflowed = true;
        } else {
            grow(sign * square);
            grow(sign * Math.fma(value, value, -square));
        }
    }

    private void grow(double value) {
        double sum = value;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double partial = partials[i];
            double larger = Math.abs(sum) < Math.abs(partial) ? partial : sum;
            double smaller = Math.abs(sum) < Math.abs(partial) ? sum : partial;
            sum = larger + smaller;
            double rest = smaller - (sum - larger);
            if (rest != 0) {
                partials[kept++] = rest;
            }
        }
        if (Double.isInfinite(sum)) {
            overflowed = true;
            size = 0;
            return;
        }
        if (sum != 0) {
            if (kept == partials.length) {
                partials = Arrays.copyOf(partials, kept * 2);
            }
            partials[kept++] = sum;
        }
        size = kept;
    }

    /** Returns the sum of the partials, rounded once. */
    private double rounded() {
        if (size == 0) {
            return 0;
        }
        int next = size - 1;
        double sum = partials[next];
        double rest = 0;
        while (next > 0 && rest == 0) {
            double larger = sum;
            double partial = partials[--next];
            sum = larger + partial;
            rest = partial - (sum - larger);
        }
        // half-way cases: what is left decides
        if (next > 0 && ((rest < 0 && partials[next - 1] < 0) || (rest > 0 && partials[next - 1] > 0))) {
            double doubled = rest * 2;
            double up = sum + doubled;
            if (doubled == up - sum) {
                return up;
            }
        }
        return sum;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    @Override
    public void save(StateWriter out) {
        out.putLong(low).putLong(high).putLong(wholes).putLong(fractions);
        out.putLong(positiveInfinities).putLong(negativeInfinities).putLong(nans);
        out.putLong(overflowed ? 1 : 0).putLong(size);
        for (int i = 0; i < size; i++) {
            out.putDouble(partials[i]);
        }
    }

    @Override
    public void load(StateReader in) {
        low = in.getLong();
        high = in.getLong();
        wholes = in.getLong();
        fractions = in.getLong();
        positiveInfinities = in.getLong();
        negativeInfinities = in.getLong();
        nans = in.getLong();
        overflowed = in.getLong() != 0;
        size = Math.toIntExact(in.getLong());
        partials = new double[Math.max(2, size)];
        for (int i = 0; i < size; i++) {
            partials[i] = in.getDouble();
        }
    }
}
