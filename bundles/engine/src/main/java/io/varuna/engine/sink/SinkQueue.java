package io.varuna.engine.sink;

import io.varuna.engine.data.Results;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a sink, in order. Under the lock of its owner. */
final class SinkQueue {
    /** How many rows of small batches are written together. */
    static final int MOST_TOGETHER = 512;

    /** How many rows in columns are worth to be written without those that would make rows of them. */
    private static final int ENOUGH = 64;

    private final ArrayDeque<Item> items = new ArrayDeque<>();

    /** Results or, where there are none, a marker. */
    record Item(Results results, @Nullable Marker marker) {
        static final Item NOTHING = new Item(new Results(List.of()), null);

        static Item of(Results results) {
            return new Item(results, null);
        }

        static Item of(Marker marker) {
            return new Item(NOTHING.results, marker);
        }

        /** Returns the same for as long as wanted. */
        Item kept() {
            return new Item(results.kept(), marker);
        }
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    void add(Item item) {
        items.add(item);
    }

    /** Takes away the oldest results; returns how many rows they have, 0 if there are none. */
    int dropOldest() {
        for (Iterator<Item> waiting = items.iterator(); waiting.hasNext(); ) {
            Item item = waiting.next();
            if (item.marker == null) {
                waiting.remove();
                return item.results.size();
            }
        }
        return 0;
    }

    /** Takes what is to be written next, or returns null. */
    @Nullable
    Item poll() {
        Item first = items.poll();
        return first == null ? null : together(first);
    }

    /** Takes results that came after others together with them. */
    Item together(Item first) {
        if (first.marker != null) {
            return first;
        }
        boolean many = first.results.columns() != null && first.results.size() >= ENOUGH;
        List<Results> taken = new ArrayList<>(List.of(first.results));
        int rows = first.results.size();
        Item next = items.peek();
        while (next != null
                && next.marker == null
                && rows + next.results.size() <= MOST_TOGETHER
                && (!many || first.results.isLike(next.results))) {
            taken.add(next.results);
            rows += next.results.size();
            items.remove();
            next = items.peek();
        }
        return taken.size() == 1 ? first : Item.of(Results.together(taken));
    }
}
