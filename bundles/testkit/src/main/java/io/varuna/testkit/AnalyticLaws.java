package io.varuna.testkit;

import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What {@link AnalyticFunction} says about state, tried at every row. */
final class AnalyticLaws<S extends State> {
    private final AnalyticFunction<S> function;
    private final BiPredicate<@Nullable Object, @Nullable Object> same;

    AnalyticLaws(AnalyticFunction<S> function, BiPredicate<@Nullable Object, @Nullable Object> same) {
        this.function = function;
        this.same = same;
    }

    void check(List<List<@Nullable Object>> rows) throws Exception {
        List<@Nullable Object> undisturbed = apply(function.create(), rows);
        for (int cut = 0; cut <= rows.size(); cut++) {
            S state = function.create();
            List<@Nullable Object> results = apply(state, rows.subList(0, cut));
            S restored = function.create();
            SavedState.of(state).loadInto(restored);
            results.addAll(apply(restored, rows.subList(cut, rows.size())));
            assertSame(undisturbed, results, "a restart at row " + cut);
        }
        partitionsAreApart(rows, undisturbed);
    }

    private void partitionsAreApart(List<List<@Nullable Object>> rows, List<@Nullable Object> undisturbed)
            throws Exception {
        S one = function.create();
        S other = function.create();
        List<@Nullable Object> results = new ArrayList<>();
        List<@Nullable Object> otherResults = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            results.addAll(apply(one, List.of(row)));
            otherResults.addAll(apply(other, List.of(row)));
        }
        assertSame(undisturbed, results, "a second partition beside it");
        assertSame(undisturbed, otherResults, "a first partition beside it");
    }

    private List<@Nullable Object> apply(S state, List<List<@Nullable Object>> rows) throws Exception {
        List<@Nullable Object> results = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            results.add(function.apply(state, TestArgs.of(row.toArray())));
        }
        return results;
    }

    private void assertSame(List<@Nullable Object> expected, List<@Nullable Object> actual, String what) {
        if (!same.test(expected, actual)) {
            throw new AssertionError("With " + what + ", the results are " + actual + ", not " + expected);
        }
    }
}
