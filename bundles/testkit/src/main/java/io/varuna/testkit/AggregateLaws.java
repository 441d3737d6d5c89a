package io.varuna.testkit;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.function.NumberAggregate;
import io.varuna.api.state.State;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The laws in {@link AggregateFunction}, tried at every place where the rows can be cut. */
final class AggregateLaws<A extends State> {
    private final AggregateFunction<A> function;
    private final BiPredicate<@Nullable Object, @Nullable Object> same;

    AggregateLaws(AggregateFunction<A> function, BiPredicate<@Nullable Object, @Nullable Object> same) {
        this.function = function;
        this.same = same;
    }

    void check(List<List<@Nullable Object>> rows) throws Exception {
        for (int cut = 0; cut <= rows.size(); cut++) {
            resultLeavesTheAccumulatorFit(rows, cut);
            mergeIsLikeAdding(rows, cut);
            savedStateGoesOn(rows, cut);
            if (function instanceof NumberAggregate<A> ofNumbers) {
                numbersAreLikeObjects(ofNumbers, rows, cut);
            }
            if (function instanceof GroupedAggregate<A> grouped) {
                groupsAreLikeObjects(grouped, rows, cut);
            }
            if (function.retracts()) {
                retractTakesBackTheOldest(rows, cut);
            }
            if (function.retractsAny()) {
                retractTakesBackAny(rows, cut);
            }
        }
    }

    private void resultLeavesTheAccumulatorFit(List<List<@Nullable Object>> rows, int cut) throws Exception {
        A accumulator = added(rows.subList(0, cut));
        Object first = function.result(accumulator);
        assertSame(first, function.result(accumulator), "a second result() after " + cut + " rows");
        add(accumulator, rows.subList(cut, rows.size()));
        assertSame(result(rows), function.result(accumulator), "adding on after result() at row " + cut);
    }

    private void mergeIsLikeAdding(List<List<@Nullable Object>> rows, int cut) throws Exception {
        A accumulator = added(rows.subList(0, cut));
        function.merge(accumulator, added(rows.subList(cut, rows.size())));
        assertSame(result(rows), function.result(accumulator), "merge() of the rows before and after row " + cut);
        for (int second = cut; second <= rows.size(); second++) {
            A panes = function.create();
            function.merge(panes, added(rows.subList(0, cut)));
            function.merge(panes, added(rows.subList(cut, second)));
            function.merge(panes, added(rows.subList(second, rows.size())));
            assertSame(result(rows), function.result(panes), "merge() of panes cut at rows " + cut + " and " + second);
        }
    }

    /** The rows from the cut on are added without objects, as far as they are numbers. */
    private void numbersAreLikeObjects(NumberAggregate<A> ofNumbers, List<List<@Nullable Object>> rows, int cut)
            throws Exception {
        A accumulator = added(rows.subList(0, cut));
        for (List<@Nullable Object> row : rows.subList(cut, rows.size())) {
            Object value = row.size() == 1 ? row.get(0) : null;
            if (value instanceof Long number) {
                ofNumbers.addLong(accumulator, number);
            } else if (value instanceof Double number) {
                ofNumbers.addDouble(accumulator, number);
            } else {
                function.add(accumulator, TestArgs.of(row.toArray()));
            }
        }
        assertSame(result(rows), function.result(accumulator), "addLong() and addDouble() after row " + cut);
    }

    /**
     * Two groups take turns, so that each row is added to both; what one knows after some rows is merged into a third, and
     * handed over to a fourth.
     */
    private void groupsAreLikeObjects(GroupedAggregate<A> grouped, List<List<@Nullable Object>> rows, int cut)
            throws Exception {
        GroupedStates<A> states = grouped.grouped();
        states.reserve(4);
        addToGroups(states, rows.subList(0, cut), 0, 3);
        GroupedStates<A> later = grouped.grouped();
        later.reserve(2);
        addToGroups(later, rows.subList(cut, rows.size()), 0, 1);
        states.put(1, states.get(0));
        merge(states, new int[] {0, 3}, later, 0, 2);
        assertSame(result(rows), states.result(0), "merge() of groups before and after row " + cut);
        assertSame(result(rows), states.result(3), "merge() of other groups before and after row " + cut);
        assertSame(result(rows.subList(0, cut)), states.result(1), "put() of what get() returns at row " + cut);
        assertSame(result(List.of()), states.result(2), "a group without rows");
        addToGroups(states, rows.subList(cut, rows.size()), 1, 1);
        assertSame(result(rows), states.result(1), "adding to groups in arrays after row " + cut);
        assertSame(result(rows), function.result(states.get(1)), "get() of a group after row " + cut);
        addToGroups(states, rows, 2, 2);
        states.put(0, added(rows.subList(0, cut)));
        states.put(1, added(rows.subList(cut, rows.size())));
        merge(states, new int[] {0, 0}, states, 1, 2);
        assertSame(result(rows), states.result(0), "merge() of groups of the same object, cut at row " + cut);
        assertSame(result(rows), states.result(2), "a group beside those");
        states.clear();
        assertSame(result(List.of()), states.result(0), "a group after clear()");
    }

    private void merge(GroupedStates<A> states, int[] into, GroupedStates<A> later, int first, int to)
            throws Exception {
        for (int from = first; from < to; from++) {
            from = states.merge(into, later, from, to);
            if (from < to) {
                A merged = states.get(into[from]);
                function.merge(merged, later.get(from));
                states.put(into[from], merged);
            }
        }
    }

    private void addToGroups(GroupedStates<A> states, List<List<@Nullable Object>> rows, int one, int other)
            throws Exception {
        int[] groups = one == other ? new int[] {one} : new int[] {one, other};
        for (List<@Nullable Object> row : rows) {
            Object value = row.size() == 1 ? row.get(0) : null;
            for (int at = 0; at < groups.length; at++) {
                if (value instanceof Long number) {
                    at = states.addLongs(groups, new long[] {number, number}, at, groups.length);
                } else if (value instanceof Double number) {
                    at = states.addDoubles(groups, new double[] {number, number}, at, groups.length);
                }
                if (at < groups.length) {
                    A state = states.get(groups[at]);
                    function.add(state, TestArgs.of(row.toArray()));
                    states.put(groups[at], state);
                }
            }
        }
    }

    private void savedStateGoesOn(List<List<@Nullable Object>> rows, int cut) throws Exception {
        A restored = function.create();
        SavedState.of(added(rows.subList(0, cut))).loadInto(restored);
        assertSame(result(rows.subList(0, cut)), function.result(restored), "load() after row " + cut);
        add(restored, rows.subList(cut, rows.size()));
        assertSame(result(rows), function.result(restored), "adding on after load() at row " + cut);
    }

    private void retractTakesBackTheOldest(List<List<@Nullable Object>> rows, int cut) throws Exception {
        A accumulator = added(rows);
        for (List<@Nullable Object> row : rows.subList(0, cut)) {
            function.retract(accumulator, TestArgs.of(row.toArray()));
        }
        assertSame(
                result(rows.subList(cut, rows.size())),
                function.result(accumulator),
                "retract() of the oldest " + cut + " rows");
    }

    private void retractTakesBackAny(List<List<@Nullable Object>> rows, int cut) throws Exception {
        A accumulator = added(rows);
        List<List<@Nullable Object>> newest = rows.subList(cut, rows.size());
        for (List<@Nullable Object> row : newest) {
            function.retract(accumulator, TestArgs.of(row.toArray()));
        }
        assertSame(
                result(rows.subList(0, cut)),
                function.result(accumulator),
                "retract() of the newest " + newest.size() + " rows");
        A moved = added(newest);
        add(moved, rows.subList(0, cut));
        assertSame(result(rows), function.result(moved), "adding the oldest " + cut + " rows last");
    }

    private @Nullable Object result(List<List<@Nullable Object>> rows) throws Exception {
        return function.result(added(rows));
    }

    private A added(List<List<@Nullable Object>> rows) throws Exception {
        A accumulator = function.create();
        add(accumulator, rows);
        return accumulator;
    }

    private void add(A accumulator, List<List<@Nullable Object>> rows) throws Exception {
        for (List<@Nullable Object> row : rows) {
            function.add(accumulator, TestArgs.of(row.toArray()));
        }
    }

    private void assertSame(@Nullable Object expected, @Nullable Object actual, String what) {
        if (!same.test(expected, actual)) {
            throw new AssertionError("Law broken: " + what + " gives '" + actual + "', not '" + expected + "'");
        }
    }
}
