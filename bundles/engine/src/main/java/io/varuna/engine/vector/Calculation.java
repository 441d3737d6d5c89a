package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.plan.Operator;
import org.jspecify.annotations.Nullable;

/** Calculates with numbers. What overflows, or divides by zero, is left undecided. */
final class Calculation extends PackedExpression {
    private final Operator operator;
    private final ColumnExpression left;
    private final ColumnExpression right;
    private final boolean whole;
    private final boolean divides;

    /** Creates a calculation; {@code whole} makes a division of whole numbers cut its fraction. */
    Calculation(Operator operator, ColumnExpression left, ColumnExpression right, boolean whole) {
        super(left, right);
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.whole = whole;
        this.divides = operator == Operator.DIVIDE || operator == Operator.REMAINDER;
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        Lane a = left.lane(rows);
        if (a == null) {
            return null;
        }
        Lane b = right.lane(rows);
        if (b == null || !a.isNumber() || !b.isNumber()) {
            return null;
        }
        if (a.kind() == Lane.Kind.WHOLE && b.kind() == Lane.Kind.WHOLE) {
            return wholes(a, b, rows);
        }
        if (a.kind() != Lane.Kind.FRACTION && b.kind() != Lane.Kind.FRACTION) {
            return null;
        }
        int count = rows.count();
        double[] x = a.fractions(count);
        double[] y = b.fractions(count);
        if (divides && LaneArithmetic.anyZero(y, count)) {
            return null;
        }
        Lane result = rows.result(a, b);
        LaneArithmetic.calculate(operator, x, y, result.room(count), count);
        return result.as(Lane.Kind.FRACTION);
    }

    /** Calculates with whole numbers where none of them can overflow. */
    private @Nullable Lane wholes(Lane a, Lane b, Lanes rows) {
        long bound = bound(a.bound(), b.bound());
        if (bound < 0) {
            return null;
        }
        int count = rows.count();
        long[] x = a.wholes(count);
        long[] y = b.wholes(count);
        if (divides && LaneArithmetic.anyZero(y, count)) {
            return null;
        }
        Lane result = rows.result(a, b);
        LaneArithmetic.calculate(operator, x, y, result.wholes(count), count);
        return result.wholes(bound);
    }

    /** Returns a bound of the results from those of the operands; negative if they might overflow, or not be whole. */
    private long bound(long a, long b) {
        return switch (operator) {
            case PLUS, MINUS -> a == Long.MAX_VALUE || b == Long.MAX_VALUE ? -1 : a + b;
            case MULTIPLY -> Math.multiplyHigh(a, b) == 0 ? a * b : -1;
            case DIVIDE -> whole && a < Long.MAX_VALUE ? a : -1;
            default -> b;
        };
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        ColumnVector a = left.operand(batch, places, count);
        ColumnVector b = right.operand(batch, places, count);
        ColumnVector result = batch.scratch().vector(batch.rows());
        int maskA = left.mask();
        int maskB = right.mask();
        byte[] tagsA = a.tags();
        byte[] tagsB = b.tags();
        long[] bitsA = a.bits();
        long[] bitsB = b.bits();
        byte[] tags = result.tags();
        long[] bits = result.bits();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            int x = row & maskA;
            int y = row & maskB;
            byte tagA = tagsA[x];
            byte tagB = tagsB[y];
            if (!Numbers.isNumber(tagA) || !Numbers.isNumber(tagB)) {
                tags[row] = withoutNumbers(tagA, tagB);
            } else if ((tagA | tagB) == ColumnVector.LONG) {
                calculate(bitsA[x], bitsB[y], row, result);
            } else {
                double divisor = Numbers.asDouble(tagB, bitsB[y]);
                tags[row] = divisor == 0 && divides ? ColumnVector.UNDECIDED : ColumnVector.DOUBLE;
                bits[row] = Double.doubleToLongBits(calculate(Numbers.asDouble(tagA, bitsA[x]), divisor));
            }
        }
        return result;
    }

    private static byte withoutNumbers(byte tagA, byte tagB) {
        boolean open = tagA == ColumnVector.UNDECIDED || tagB == ColumnVector.UNDECIDED;
        return !open && (isNull(tagA) || isNull(tagB)) ? ColumnVector.NULL : ColumnVector.UNDECIDED;
    }

    private void calculate(long a, long b, int row, ColumnVector result) {
        switch (operator) {
            case PLUS -> {
                long sum = a + b;
                put(row, sum, ((a ^ sum) & (b ^ sum)) >= 0, result);
            }
            case MINUS -> {
                long difference = a - b;
                put(row, difference, ((a ^ b) & (a ^ difference)) >= 0, result);
            }
            case MULTIPLY -> {
                long product = a * b;
                put(row, product, Math.multiplyHigh(a, b) == product >> 63, result);
            }
            case DIVIDE -> {
                if (b == 0 || b == -1) {
                    result.putUndecided(row);
                } else if (whole || a % b == 0) {
                    result.putLong(row, a / b);
                } else {
                    result.putDouble(row, (double) a / b);
                }
            }
            default -> put(row, b == 0 ? 0 : a % b, b != 0, result);
        }
    }

    private static void put(int row, long value, boolean right, ColumnVector result) {
        if (right) {
            result.putLong(row, value);
        } else {
            result.putUndecided(row);
        }
    }

    private double calculate(double a, double b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            default -> a % b;
        };
    }
}
