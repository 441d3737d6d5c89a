package io.varuna.engine.step;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of times, as spans that do not touch each other. */
final class Spans {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** All times from the start to just before the end. */
    record Span(long start, long end) {}

    /** Adds a span; returns the parts of it that were not there, in their order. */
    List<Span> add(long start, long end) {
        List<Span> added = new ArrayList<>();
        long from = start;
        long merged = start;
        long until = end;
        Map.Entry<Long, Long> before = ends.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            from = Math.max(from, before.getValue());
            merged = before.getKey();
            until = Math.max(until, before.getValue());
        }
        for (Map.Entry<Long, Long> other = ends.higherEntry(start);
                other != null && other.getKey() <= end;
                other = ends.higherEntry(start)) {
            if (from < other.getKey()) {
                added.add(new Span(from, other.getKey()));
            }
            from = Math.max(from, other.getValue());
            until = Math.max(until, other.getValue());
            ends.remove(other.getKey());
        }
        if (from < end) {
            added.add(new Span(from, end));
        }
        ends.put(merged, until);
        return added;
    }

    /** Forgets the spans that end before a time. */
    void forget(long time) {
        ends.values().removeIf(end -> end < time);
    }

    void save(StateOutput out) {
        out.putLong(ends.size());
        ends.forEach((start, end) -> out.putLong(start).putLong(end));
    }

    void load(StateInput in) {
        ends.clear();
        for (int left = in.getCount(); left > 0; left--) {
            long start = in.getLong();
            ends.put(start, in.getLong());
        }
    }
}
