package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import org.jspecify.annotations.Nullable;

/** Logic with two or three values, and choices. */
final class Logic {
    private Logic() {}

    static Evaluator and(Evaluator[] operands, boolean twoValued) {
        return new Junction(operands, twoValued, false);
    }

    static Evaluator or(Evaluator[] operands, boolean twoValued) {
        return new Junction(operands, twoValued, true);
    }

    static Evaluator not(Evaluator operand, boolean twoValued) {
        return new Not(operand, twoValued);
    }

    static Evaluator isNull(Evaluator operand, boolean expected) {
        return new IsNull(operand, expected);
    }

    static Evaluator is(Evaluator operand, Boolean value, boolean expected) {
        return new Is(operand, value, expected);
    }

    static Evaluator branches(Evaluator[] operands) {
        return new Branches(operands);
    }

    static Evaluator coalesce(Evaluator[] operands) {
        return new Coalesce(operands);
    }

    private static @Nullable Boolean truth(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw Evaluator.failure("AND, OR and NOT take true or false, not " + Conversions.describe(value));
    }

    /** AND ends at the first false, OR at the first true. In two-valued logic a NULL makes either of them false. */
    private static final class Junction extends Evaluator {
        private final Evaluator[] operands;
        private final boolean twoValued;
        private final boolean decisive;

        Junction(Evaluator[] operands, boolean twoValued, boolean decisive) {
            this.operands = operands;
            this.twoValued = twoValued;
            this.decisive = decisive;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            boolean unknown = false;
            for (Evaluator operand : operands) {
                Boolean truth = truth(operand.value(row, time));
                if (truth == null) {
                    if (twoValued) {
                        return false;
                    }
                    unknown = true;
                } else if (truth == decisive) {
                    return decisive;
                }
            }
            return unknown ? null : (Boolean) !decisive;
        }

        @Override
        public boolean holds(@Nullable Object[] row, long time) throws Exception {
            if (decisive) {
                return Boolean.TRUE.equals(value(row, time));
            }
            for (Evaluator operand : operands) {
                if (!operand.holds(row, time)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Not extends Evaluator {
        private final Evaluator operand;
        private final boolean twoValued;

        Not(Evaluator operand, boolean twoValued) {
            this.operand = operand;
            this.twoValued = twoValued;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Boolean truth = truth(operand.value(row, time));
            if (truth == null) {
                return twoValued ? Boolean.FALSE : null;
            }
            return !truth;
        }
    }

    private static final class IsNull extends Evaluator {
        private final Evaluator operand;
        private final boolean expected;

        IsNull(Evaluator operand, boolean expected) {
            this.operand = operand;
            this.expected = expected;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            return holds(row, time);
        }

        @Override
        public boolean holds(@Nullable Object[] row, long time) throws Exception {
            return (operand.value(row, time) == null) == expected;
        }
    }

    private static final class Is extends Evaluator {
        private final Evaluator operand;
        private final Boolean wanted;
        private final boolean expected;

        Is(Evaluator operand, Boolean wanted, boolean expected) {
            this.operand = operand;
            this.wanted = wanted;
            this.expected = expected;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            return wanted.equals(truth(operand.value(row, time))) == expected;
        }
    }

    private static final class Branches extends Evaluator {
        private final Evaluator[] operands;

        Branches(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            for (int i = 0; i + 1 < operands.length; i += 2) {
                if (operands[i].holds(row, time)) {
                    return operands[i + 1].value(row, time);
                }
            }
            return operands[operands.length - 1].value(row, time);
        }
    }

    private static final class Coalesce extends Evaluator {
        private final Evaluator[] operands;

        Coalesce(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            for (Evaluator operand : operands) {
                Object value = operand.value(row, time);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }
}
