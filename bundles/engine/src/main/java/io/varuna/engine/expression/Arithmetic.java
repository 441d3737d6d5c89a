package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import io.varuna.plan.Operator;
import org.jspecify.annotations.Nullable;

/** Calculates with numbers: whole numbers exactly, others as doubles. With NULL the result is NULL. */
abstract class Arithmetic extends Evaluator {
    private final Operator operator;
    private final Evaluator left;
    private final Evaluator right;

    private Arithmetic(Operator operator, Evaluator left, Evaluator right) {
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    /** Makes a calculation; {@code whole} makes a division of whole numbers cut its fraction. */
    static Evaluator of(Operator operator, Evaluator left, Evaluator right, boolean whole) {
        return switch (operator) {
            case PLUS -> new Plus(operator, left, right);
            case MINUS -> new Minus(operator, left, right);
            case MULTIPLY -> new Multiply(operator, left, right);
            case DIVIDE -> new Divide(operator, left, right, whole);
            case REMAINDER -> new Remainder(operator, left, right);
            default -> throw new IllegalArgumentException(operator + " does not calculate");
        };
    }

    static Evaluator negate(Evaluator operand) {
        return new Minus(Operator.NEGATE, new ExpressionCompiler.Constant(0L), operand);
    }

    abstract Object calculate(long a, long b);

    abstract double calculate(double a, double b);

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        Object a = left.value(row, time);
        Object b = right.value(row, time);
        if (a == null || b == null) {
            return null;
        }
        if (a instanceof Double x) {
            if (b instanceof Double y) {
                return calculate(x, y);
            }
            if (b instanceof Long y) {
                return calculate(x, (double) y);
            }
        }
        if (a instanceof Long x) {
            if (b instanceof Long y) {
                return exact(x, y);
            }
            if (b instanceof Double y) {
                return calculate((double) x, y);
            }
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Values.isWhole(x) && Values.isWhole(y)
                    ? exact(x.longValue(), y.longValue())
                    : (Object) calculate(x.doubleValue(), y.doubleValue());
        }
        throw failure(
                "'" + operator.symbol() + "' takes numbers, not " + Conversions.describe(a instanceof Number ? b : a));
    }

    private Object exact(long a, long b) {
        try {
            return calculate(a, b);
        } catch (ArithmeticException e) {
            throw failure("The result of " + a + " " + operator.symbol() + " " + b + " does not fit BIGINT");
        }
    }

    private static final class Plus extends Arithmetic {
        Plus(Operator operator, Evaluator left, Evaluator right) {
            super(operator, left, right);
        }

        @Override
        Object calculate(long a, long b) {
            return Math.addExact(a, b);
        }

        @Override
        double calculate(double a, double b) {
            return a + b;
        }
    }

    private static final class Minus extends Arithmetic {
        Minus(Operator operator, Evaluator left, Evaluator right) {
            super(operator, left, right);
        }

        @Override
        Object calculate(long a, long b) {
            return Math.subtractExact(a, b);
        }

        @Override
        double calculate(double a, double b) {
            return a - b;
        }
    }

    private static final class Multiply extends Arithmetic {
        Multiply(Operator operator, Evaluator left, Evaluator right) {
            super(operator, left, right);
        }

        @Override
        Object calculate(long a, long b) {
            return Math.multiplyExact(a, b);
        }

        @Override
        double calculate(double a, double b) {
            return a * b;
        }
    }

    private static final class Divide extends Arithmetic {
        private final boolean whole;

        Divide(Operator operator, Evaluator left, Evaluator right, boolean whole) {
            super(operator, left, right);
            this.whole = whole;
        }

        @Override
        Object calculate(long a, long b) {
            if (b == 0) {
                throw failure("Division of " + a + " by zero");
            }
            if (b == -1) {
                return Math.negateExact(a);
            }
            return whole || a % b == 0 ? (Object) (a / b) : (Object) ((double) a / b);
        }

        @Override
        double calculate(double a, double b) {
            if (b == 0) {
                throw failure("Division of " + Conversions.toText(a) + " by zero");
            }
            return a / b;
        }
    }

    private static final class Remainder extends Arithmetic {
        Remainder(Operator operator, Evaluator left, Evaluator right) {
            super(operator, left, right);
        }

        @Override
        Object calculate(long a, long b) {
            if (b == 0) {
                throw failure("Remainder of " + a + " by zero");
            }
            return a % b;
        }

        @Override
        double calculate(double a, double b) {
            if (b == 0) {
                throw failure("Remainder of " + Conversions.toText(a) + " by zero");
            }
            return a % b;
        }
    }
}
