package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.GroupedStates;
import java.util.Arrays;

/** The numbers of rows of many groups. */
final class Counts implements GroupedStates<Count.Rows> {
    private long[] counts = new long[0];

    @Override
    public void reserve(int groups) {
        if (groups > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
        }
    }

    @Override
    public int addLongs(int[] groups, long[] values, int from, int to) {
        return count(groups, from, to);
    }

    @Override
    public int addDoubles(int[] groups, double[] values, int from, int to) {
        return count(groups, from, to);
    }

    private int count(int[] groups, int from, int to) {
        for (int i = from; i < to; i++) {
            counts[groups[i]]++;
        }
        return to;
    }

    @Override
    public int merge(int[] groups, GroupedStates<Count.Rows> later, int from, int to) {
        long[] others = ((Counts) later).counts;
        for (int i = from; i < to; i++) {
            counts[groups[i]] += others[i];
        }
        return to;
    }

    @Override
    public Count.Rows get(int group) {
        return new Count.Rows(counts[group]);
    }

    @Override
    public void put(int group, Count.Rows state) {
        counts[group] = state.count();
    }

    @Override
    public Object result(int group) {
        return counts[group];
    }

    @Override
    public void clear() {
        Arrays.fill(counts, 0);
    }
}
