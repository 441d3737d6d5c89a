package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** BETWEEN and IN. */
final class Membership {
    private Membership() {}

    static Evaluator between(Evaluator[] operands, boolean positive, Surroundings surroundings) {
        return new Between(operands, positive, surroundings);
    }

    static Evaluator in(Evaluator[] operands, boolean positive, Surroundings surroundings) {
        return new In(operands, positive, surroundings);
    }

    static Evaluator inList(Evaluator value, Evaluator list, boolean positive, Surroundings surroundings) {
        return new InList(value, list, positive, surroundings);
    }

    private static final class Between extends Evaluator {
        private final Evaluator[] operands;
        private final boolean positive;
        private final boolean twoValued;
        private final Clock clock;

        Between(Evaluator[] operands, boolean positive, Surroundings surroundings) {
            this.operands = operands;
            this.positive = positive;
            this.twoValued = surroundings.twoValued();
            this.clock = surroundings.zonedClock();
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = operands[0].value(row, time);
            Object low = operands[1].value(row, time);
            Object high = operands[2].value(row, time);
            if (value != null && low != null && high != null) {
                return (Values.compare(value, low, clock) >= 0 && Values.compare(value, high, clock) <= 0) == positive;
            }
            if (twoValued) {
                return false;
            }
            // one bound may decide although the other is unknown
            boolean outside = value != null
                    && ((low != null && Values.compare(value, low, clock) < 0)
                            || (high != null && Values.compare(value, high, clock) > 0));
            return outside ? (Boolean) !positive : null;
        }
    }

    /** Compares with members from left to right and stops at the first that is equal. */
    private abstract static class Search extends Evaluator {
        private final boolean positive;
        private final boolean twoValued;
        private final Clock clock;

        Search(boolean positive, Surroundings surroundings) {
            this.positive = positive;
            this.twoValued = surroundings.twoValued();
            this.clock = surroundings.zonedClock();
        }

        final boolean matches(Object value, @Nullable Object member) {
            return member != null && Values.equal(value, member, clock);
        }

        final @Nullable Boolean unknown() {
            return twoValued ? Boolean.FALSE : null;
        }

        /** Nothing is in an empty list, be it unknown or not. */
        final @Nullable Boolean unknown(@Nullable Object list) {
            boolean empty = !twoValued && list instanceof List<?> members && members.isEmpty();
            return empty ? (Boolean) !positive : unknown();
        }

        final @Nullable Boolean found() {
            return positive;
        }

        final @Nullable Boolean notFound(boolean withNull) {
            return (withNull && !twoValued) ? null : (Boolean) !positive;
        }
    }

    private static final class In extends Search {
        private final Evaluator[] operands;

        In(Evaluator[] operands, boolean positive, Surroundings surroundings) {
            super(positive, surroundings);
            this.operands = operands;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = operands[0].value(row, time);
            if (value == null) {
                return unknown();
            }
            boolean withNull = false;
            for (int i = 1; i < operands.length; i++) {
                Object member = operands[i].value(row, time);
                if (matches(value, member)) {
                    return found();
                }
                withNull |= member == null;
            }
            return notFound(withNull);
        }
    }

    private static final class InList extends Search {
        private final Evaluator operand;
        private final Evaluator members;
        private final MemberSet.Last last = new MemberSet.Last();

        InList(Evaluator operand, Evaluator members, boolean positive, Surroundings surroundings) {
            super(positive, surroundings);
            this.operand = operand;
            this.members = members;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = operand.value(row, time);
            Object list = members.value(row, time);
            if (value == null) {
                return unknown(list);
            }
            if (list == null) {
                return notFound(true);
            }
            if (!(list instanceof List<?> elements)) {
                throw failure("IN takes a list, not " + Conversions.describe(list));
            }
            // what a query gives for many rows is looked up in, and not compared with each of them
            Optional<MemberSet> again = last.again(elements);
            Optional<Boolean> isMember = again.flatMap(known -> known.contains(value));
            if (isMember.isPresent()) {
                return isMember.get() ? found() : notFound(again.get().withNull());
            }
            boolean withNull = false;
            for (Object member : elements) {
                if (matches(value, member)) {
                    return found();
                }
                withNull |= member == null;
            }
            return notFound(withNull);
        }
    }
}
