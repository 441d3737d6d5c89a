package io.varuna.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A regular expression over rows: in which order rows that satisfy the conditions of variables have to come. */
public sealed interface RowPattern {
    /** As often as there are rows. */
    int UNLIMITED = Integer.MAX_VALUE;

    /** One row that satisfies the condition of a variable. */
    record Variable(String name) implements RowPattern {
        @Override
        public String toString() {
            return ExpressionText.name(name);
        }
    }

    /** One pattern after the other. */
    record Sequence(List<RowPattern> parts) implements RowPattern {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Choice ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" "));
        }
    }

    /** One of several patterns; the first that leads to a match is preferred. */
    record Choice(List<RowPattern> alternatives) implements RowPattern {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public String toString() {
            return alternatives.stream().map(RowPattern::toString).collect(Collectors.joining(" | "));
        }
    }

    /**
     * A pattern several times.
     *
     * @param most at least one; {@link #UNLIMITED} for no end
     * @param greedy whether more times are preferred to fewer
     */
    record Repetition(RowPattern part, int least, int most, boolean greedy) implements RowPattern {
        public Repetition {
            if (least < 0 || most < Math.max(1, least)) {
                throw new IllegalArgumentException("from " + least + " to " + most + " times");
            }
        }

        @Override
        public String toString() {
            return (part instanceof Variable ? part.toString() : "(" + part + ")") + quantifier() + (greedy ? "" : "?");
        }

        private String quantifier() {
            if (most == UNLIMITED) {
                return least == 0 ? "*" : least == 1 ? "+" : "{" + least + ",}";
            }
            return least == 0 && most == 1 ? "?" : "{" + (least == most ? "" : least + ",") + most + "}";
        }
    }

    /** A pattern whose rows belong to the match and are not put out. */
    record Exclusion(RowPattern part) implements RowPattern {
        @Override
        public String toString() {
            return "{- " + part + " -}";
        }
    }

    /** Tells whether no rows at all are a match. */
    default boolean matchesNothing() {
        if (this instanceof Sequence sequence) {
            return sequence.parts().stream().allMatch(RowPattern::matchesNothing);
        }
        if (this instanceof Choice choice) {
            return choice.alternatives().stream().anyMatch(RowPattern::matchesNothing);
        }
        if (this instanceof Repetition repetition) {
            return repetition.least() == 0 || repetition.part().matchesNothing();
        }
        return this instanceof Exclusion exclusion && exclusion.part().matchesNothing();
    }

    /** Returns how many variables there are when repetitions are written out; the cost of a row grows with it. */
    default long size() {
        if (this instanceof Sequence sequence) {
            return sequence.parts().stream().mapToLong(RowPattern::size).sum();
        }
        if (this instanceof Choice choice) {
            return choice.alternatives().stream().mapToLong(RowPattern::size).sum();
        }
        if (this instanceof Repetition repetition) {
            long times = repetition.most() == UNLIMITED ? Math.max(1, repetition.least()) : repetition.most();
            return Math.min(UNLIMITED, repetition.part().size() * times);
        }
        return this instanceof Exclusion exclusion ? exclusion.part().size() : 1;
    }
}
