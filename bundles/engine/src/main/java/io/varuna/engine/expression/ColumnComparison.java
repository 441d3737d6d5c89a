package io.varuna.engine.expression;

import io.varuna.api.data.Missing;
import io.varuna.plan.Operator;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Compares a column with a constant, the most frequent comparison by far, without a call where the types are as expected. */
final class ColumnComparison {
    private ColumnComparison() {}

    static Evaluator number(Operator operator, int column, Number constant, Surroundings surroundings) {
        return new WithNumber(operator, column, constant, surroundings);
    }

    static Evaluator text(int column, String constant, Surroundings surroundings) {
        return new WithText(column, constant, surroundings);
    }

    private static final class WithNumber extends Evaluator {
        private final Operator operator;
        private final int column;
        private final Number constant;
        private final boolean whole;
        private final long number;
        private final double fraction;
        private final Clock clock;
        private final @Nullable Boolean unknown;

        WithNumber(Operator operator, int column, Number constant, Surroundings surroundings) {
            this.operator = operator;
            this.column = column;
            this.constant = constant;
            this.whole = Values.isWhole(constant);
            this.number = constant.longValue();
            this.fraction = constant.doubleValue();
            this.clock = surroundings.zonedClock();
            this.unknown = surroundings.twoValued() ? Boolean.FALSE : null;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) {
            Object value = row[column];
            return (value == null || value == Missing.VALUE) ? unknown : (Boolean) compare(value);
        }

        @Override
        public boolean holds(@Nullable Object[] row, long time) {
            Object value = row[column];
            return value != null && value != Missing.VALUE && compare(value);
        }

        private boolean compare(Object value) {
            if (whole && value instanceof Long given) {
                return Comparison.holds(operator, Long.compare(given, number));
            }
            // doubles up to 2^53 hold whole numbers exactly
            if (value instanceof Double given && (!whole || Math.abs(number) <= 1L << 53)) {
                return Comparison.holds(operator, Values.compareDoubles(given, fraction));
            }
            return Comparison.holds(operator, Values.compare(value, constant, clock));
        }
    }

    private static final class WithText extends Evaluator {
        private final int column;
        private final String constant;
        private final Clock clock;
        private final @Nullable Boolean unknown;

        WithText(int column, String constant, Surroundings surroundings) {
            this.column = column;
            this.constant = constant;
            this.clock = surroundings.zonedClock();
            this.unknown = surroundings.twoValued() ? Boolean.FALSE : null;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) {
            Object value = row[column];
            return (value == null || value == Missing.VALUE) ? unknown : (Boolean) compare(value);
        }

        @Override
        public boolean holds(@Nullable Object[] row, long time) {
            Object value = row[column];
            return value != null && value != Missing.VALUE && compare(value);
        }

        private boolean compare(Object value) {
            return value instanceof String text ? text.equals(constant) : Values.equal(value, constant, clock);
        }
    }
}
