package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Batches and vectors for the time of one batch of a source, used again for the next one and by all rules that read the
 * source: so a rule that waits for rows holds none, and what is used is still in the processor's cache. One thread at a time.
 */
public final class Scratch {
    private final int capacity;
    private final List<ColumnVector> vectors = new ArrayList<>();
    private final List<ColumnBatch> batches = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private final Map<Class<?>, Object> others = new HashMap<>();
    private int vectorsTaken;
    private int batchesTaken;
    private int placesTaken;

    /** Creates an empty store for batches of usually so many rows. */
    public Scratch(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    /** Returns a vector for as many rows as a batch has; what it holds is not said. */
    public ColumnVector vector(int rows) {
        if (vectorsTaken == vectors.size()) {
            vectors.add(new ColumnVector(Math.max(capacity, rows)));
        }
        ColumnVector vector = vectors.get(vectorsTaken++).reset();
        vector.ensure(rows);
        return vector;
    }

    /** Returns a batch with the rows of another one; its columns are still to be set. */
    public ColumnBatch batch(ColumnBatch of, int width) {
        return batch().of(of, width);
    }

    /** Returns a batch whose rows are still to be said. */
    ColumnBatch batch() {
        if (batchesTaken == batches.size()) {
            batches.add(new ColumnBatch(this));
        }
        return batches.get(batchesTaken++);
    }

    /** Returns room for the places of as many rows. */
    public int[] places(int rows) {
        if (placesTaken == places.size()) {
            places.add(new int[Math.max(capacity, rows)]);
        }
        int[] room = places.get(placesTaken);
        if (room.length < rows) {
            room = new int[rows];
            places.set(placesTaken, room);
        }
        placesTaken++;
        return room;
    }

    /** Returns the only object of a class, for whoever works on a batch until it is done; made by {@code maker} if need be. */
    public <T> T only(Class<T> type, Supplier<T> maker) {
        return type.cast(others.computeIfAbsent(type, missing -> maker.get()));
    }

    /** Takes back everything: nobody uses any of it any more. */
    public void release() {
        vectorsTaken = 0;
        batchesTaken = 0;
        placesTaken = 0;
    }
}
