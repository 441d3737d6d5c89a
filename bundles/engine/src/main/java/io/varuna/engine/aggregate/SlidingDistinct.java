package io.varuna.engine.aggregate;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows an aggregate the first of rows with equal arguments, in their order. When the first one leaves and others stay, its value
 * moves to the place of the next one, as if the rows that are left had been the only ones.
 */
final class SlidingDistinct extends SlidingValues {
    private final Supplier<Accumulator> maker;
    private final boolean retracts;

    /** For each value the numbers of its rows, oldest first. */
    private final Map<Object, ArrayDeque<Long>> numbers = new HashMap<>();

    /** The arguments that the aggregate sees, by the number of the row. */
    private final TreeMap<Long, @Nullable Object[]> firsts = new TreeMap<>();

    /** The number of the oldest row. */
    private long oldest;

    /** The aggregate of what is in {@code firsts}; null where it has to be made anew. */
    private @Nullable Accumulator known;

    /**
     * Creates the values.
     *
     * @param maker makes accumulators that see all they are given
     * @param retracts whether these can take back their oldest row
     */
    SlidingDistinct(Supplier<Accumulator> maker, boolean retracts) {
        this.maker = maker;
        this.retracts = retracts;
        this.known = maker.get();
    }

    @Override
    void fold(@Nullable Object[] arguments) throws Exception {
        ArrayDeque<Long> places = numbers.get(GroupKeys.mapKey(arguments));
        long number = oldest + rows.size();
        if (places != null) {
            places.addLast(number);
            return;
        }
        current().add(arguments);
        see(arguments, number);
    }

    private void see(@Nullable Object[] arguments, long number) {
        numbers.computeIfAbsent(GroupKeys.mapKey(arguments), none -> new ArrayDeque<>())
                .addLast(number);
        firsts.put(number, arguments);
    }

    @Override
    void unfoldNewest() {
        refold();
    }

    @Override
    void unfoldOldest() throws Exception {
        long leaving = oldest++;
        @Nullable Object[] arguments = firsts.remove(leaving);
        if (arguments == null) {
            // the filter of the call left the row out: the oldest row of a value is the first of all
            return;
        }
        Object key = GroupKeys.mapKey(arguments);
        ArrayDeque<Long> places = numbers.get(key);
        if (places == null) {
            throw new IllegalStateException("A value without rows");
        }
        places.removeFirst();
        Accumulator current = known;
        if (places.isEmpty()) {
            numbers.remove(key);
            if (current != null && retracts && retracted(current, arguments)) {
                return;
            }
        } else {
            long next = places.getFirst();
            firsts.put(next, rows.get((int) (next - leaving)));
        }
        known = null;
    }

    /** A function that cannot take back what it was given begins anew. */
    private static boolean retracted(Accumulator accumulator, @Nullable Object[] arguments) {
        try {
            accumulator.retract(arguments);
            return true;
        } catch (Exception | Error e) {
            return false;
        }
    }

    @Override
    void refold() {
        numbers.clear();
        firsts.clear();
        oldest = 0;
        known = null;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.tag(i) != ArgumentRing.LEFT_OUT) {
                @Nullable Object[] arguments = rows.get(i);
                ArrayDeque<Long> places = numbers.get(GroupKeys.mapKey(arguments));
                if (places == null) {
                    see(arguments, i);
                } else {
                    places.addLast((long) i);
                }
            }
        }
    }

    @Override
    @Nullable
    Object folded() throws Exception {
        return current().result();
    }

    private Accumulator current() throws Exception {
        Accumulator current = known;
        if (current == null) {
            current = maker.get();
            for (@Nullable Object[] arguments : firsts.values()) {
                current.add(arguments);
            }
            known = current;
        }
        return current;
    }
}
