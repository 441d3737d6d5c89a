package io.varuna.engine.vector;

import io.varuna.plan.Operator;

/** Loops over lanes. Each is so simple that the JVM can compile it to instructions that take several values at once. */
final class LaneArithmetic {
    private LaneArithmetic() {}

    static void calculate(Operator operator, double[] x, double[] y, double[] z, int count) {
        switch (operator) {
            case PLUS -> plus(x, y, z, count);
            case MINUS -> minus(x, y, z, count);
            case MULTIPLY -> multiply(x, y, z, count);
            case DIVIDE -> divide(x, y, z, count);
            case REMAINDER -> remainder(x, y, z, count);
            default -> throw new IllegalArgumentException(operator + " does not calculate");
        }
    }

    static void calculate(Operator operator, long[] x, long[] y, long[] z, int count) {
        switch (operator) {
            case PLUS -> plus(x, y, z, count);
            case MINUS -> minus(x, y, z, count);
            case MULTIPLY -> multiply(x, y, z, count);
            case DIVIDE -> divide(x, y, z, count);
            case REMAINDER -> remainder(x, y, z, count);
            default -> throw new IllegalArgumentException(operator + " does not calculate");
        }
    }

    private static void plus(double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] + y[i];
        }
    }

    private static void minus(double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] - y[i];
        }
    }

    private static void multiply(double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] * y[i];
        }
    }

    private static void divide(double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] / y[i];
        }
    }

    private static void remainder(double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] % y[i];
        }
    }

    private static void plus(long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] + y[i];
        }
    }

    private static void minus(long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] - y[i];
        }
    }

    private static void multiply(long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] * y[i];
        }
    }

    private static void divide(long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] / y[i];
        }
    }

    private static void remainder(long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = x[i] % y[i];
        }
    }

    static boolean anyZero(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static boolean anyZero(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static void and(byte[] x, byte[] y, byte[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = (byte) (x[i] & y[i]);
        }
    }

    static void or(byte[] x, byte[] y, byte[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = (byte) (x[i] | y[i]);
        }
    }

    static void choose(byte[] chosen, double[] x, double[] y, double[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = chosen[i] == 0 ? y[i] : x[i];
        }
    }

    static void choose(byte[] chosen, long[] x, long[] y, long[] z, int count) {
        for (int i = 0; i < count; i++) {
            long mask = -chosen[i];
            z[i] = (x[i] & mask) | (y[i] & ~mask);
        }
    }

    static void choose(byte[] chosen, byte[] x, byte[] y, byte[] z, int count) {
        for (int i = 0; i < count; i++) {
            z[i] = (byte) ((chosen[i] & x[i]) | ((1 - chosen[i]) & y[i]));
        }
    }
}
