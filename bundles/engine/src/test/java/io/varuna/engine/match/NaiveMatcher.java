package io.varuna.engine.match;

import io.varuna.plan.MatchRecognize.Skip;
import io.varuna.plan.RowPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds matches in rows that have all come, by trying one way after the other and going back where it leads nowhere: what the
 * standard says, in the plainest form.
 */
final class NaiveMatcher {
    private final RowPattern pattern;
    private final Condition condition;
    private final Skip skip;
    private final long within;
    private final List<Item> items;
    private int start;

    /** A row. */
    record Item(long id, long value, long time) {}

    /** A row in a match. */
    record Taken(int index, String variable, boolean shown) {}

    /** Tells whether a row can be the next one of a variable. */
    interface Condition {
        boolean holds(List<Item> items, List<Taken> before, String variable, int index);
    }

    NaiveMatcher(RowPattern pattern, Condition condition, Skip skip, long within, List<Item> items) {
        this.pattern = pattern;
        this.condition = condition;
        this.skip = skip;
        this.within = within;
        this.items = items;
    }

    List<List<Taken>> matches() {
        List<List<Taken>> matches = new ArrayList<>();
        start = 0;
        while (start < items.size()) {
            List<Taken> taken = new ArrayList<>();
            if (match(pattern, true, start, taken, end -> true)) {
                matches.add(taken);
                start = next(taken);
            } else {
                start++;
            }
        }
        return matches;
    }

    private int next(List<Taken> match) {
        List<Taken> named = match.stream()
                .filter(taken -> skip.variables().contains(taken.variable()))
                .toList();
        int target =
                switch (skip.target()) {
                    case PAST_LAST_ROW -> match.get(match.size() - 1).index() + 1;
                    case NEXT_ROW -> start + 1;
                    case FIRST -> named.isEmpty() ? start : named.get(0).index();
                    case LAST -> named.isEmpty()
                            ? start
                            : named.get(named.size() - 1).index();
                };
        return Math.max(target, start + 1);
    }

    /** Matches a part of the pattern from a row on, such that the rest can go on where it ends. */
    private boolean match(RowPattern part, boolean shown, int from, List<Taken> taken, Predicate<Integer> rest) {
        if (part instanceof RowPattern.Variable variable) {
            boolean there = from < items.size()
                    && items.get(from).time() - items.get(start).time() <= within;
            if (!there || !condition.holds(items, List.copyOf(taken), variable.name(), from)) {
                return false;
            }
            taken.add(new Taken(from, variable.name(), shown));
            if (rest.test(from + 1)) {
                return true;
            }
            taken.remove(taken.size() - 1);
            return false;
        }
        if (part instanceof RowPattern.Sequence sequence) {
            return sequence(sequence.parts(), shown, from, taken, rest);
        }
        if (part instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().anyMatch(one -> match(one, shown, from, taken, rest));
        }
        if (part instanceof RowPattern.Exclusion exclusion) {
            return match(exclusion.part(), false, from, taken, rest);
        }
        RowPattern.Repetition repetition = (RowPattern.Repetition) part;
        return repeat(repetition, 0, shown, from, taken, rest);
    }

    private boolean sequence(
            List<RowPattern> parts, boolean shown, int from, List<Taken> taken, Predicate<Integer> rest) {
        if (parts.isEmpty()) {
            return rest.test(from);
        }
        List<RowPattern> others = parts.subList(1, parts.size());
        return match(parts.get(0), shown, from, taken, end -> sequence(others, shown, end, taken, rest));
    }

    private boolean repeat(
            RowPattern.Repetition repetition,
            int times,
            boolean shown,
            int from,
            List<Taken> taken,
            Predicate<Integer> rest) {
        // an endless repetition ends with a part that takes no rows
        boolean endless = times >= repetition.least() && repetition.most() == RowPattern.UNLIMITED;
        Predicate<Integer> again = end ->
                (endless && end == from) ? rest.test(end) : repeat(repetition, times + 1, shown, end, taken, rest);
        if (times < repetition.least()) {
            return match(repetition.part(), shown, from, taken, again);
        }
        if (times == repetition.most()) {
            return rest.test(from);
        }
        return repetition.greedy()
                ? match(repetition.part(), shown, from, taken, again) || rest.test(from)
                : rest.test(from) || match(repetition.part(), shown, from, taken, again);
    }
}
