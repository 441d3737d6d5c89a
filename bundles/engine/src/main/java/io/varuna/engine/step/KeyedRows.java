package io.varuna.engine.step;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.step.JoinKey.Kind;
import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one side of a join in order, which are found by their keys where that is as good as comparing all of them. */
final class KeyedRows {
    private final Evaluator[] keys;
    private final ArrayDeque<Row> rows = new ArrayDeque<>();
    private final Map<Object, Chain> byKey = new HashMap<>();

    /** How many rows have which kind, for each part of the key. */
    private final List<Map<Kind, Integer>> kinds;

    private int withoutKey;
    private long added;

    /** Creates an empty collection; without {@code keys} all rows have to be compared. */
    KeyedRows(Evaluator[] keys) {
        this.keys = keys;
        this.kinds = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            kinds.add(new EnumMap<>(Kind.class));
        }
    }

    /** A row, and the next one with the same key. */
    static final class Row {
        private final @Nullable Object[] values;
        private final @Nullable JoinKey key;
        private final long number;
        private @Nullable Row next;

        private Row(@Nullable Object[] values, @Nullable JoinKey key, long number) {
            this.values = values;
            this.key = key;
            this.number = number;
        }

        @Nullable
        Object[] values() {
            return values;
        }

        /** Returns what the row is found by; null if it has to be compared. */
        @Nullable
        JoinKey key() {
            return key;
        }

        /** Returns the next row with the same key. */
        @Nullable
        Row next() {
            return next;
        }
    }

    /** The rows with one key. */
    private static final class Chain {
        private @Nullable Row first;
        private @Nullable Row last;
    }

    int size() {
        return rows.size();
    }

    /** Returns the first of all rows; there is one. */
    Row first() {
        return rows.getFirst();
    }

    /** Returns the place of a row, from 0 on. */
    int place(Row row) {
        return (int) (row.number - added) + rows.size();
    }

    void add(@Nullable Object[] values) {
        JoinKey key = keys.length == 0 ? null : JoinKey.of(keys, values);
        Row row = new Row(values, key, added++);
        rows.addLast(row);
        count(key, 1);
        if (key != null && key.value() != null) {
            Chain chain = byKey.computeIfAbsent(key.value(), missing -> new Chain());
            if (chain.last == null) {
                chain.first = row;
            } else {
                chain.last.next = row;
            }
            chain.last = row;
        }
    }

    void removeFirst() {
        Row row = rows.removeFirst();
        count(row.key, -1);
        if (row.key != null && row.key.value() != null) {
            // rows of a key are in the order of all rows
            byKey.computeIfPresent(row.key.value(), (key, chain) -> {
                chain.first = row.next;
                return chain.first == null ? null : chain;
            });
        }
    }

    void clear() {
        rows.clear();
        byKey.clear();
        kinds.forEach(Map::clear);
        withoutKey = 0;
    }

    private void count(@Nullable JoinKey key, int difference) {
        if (key == null) {
            withoutKey += difference;
            return;
        }
        for (int i = 0; i < kinds.size(); i++) {
            kinds.get(i).merge(key.kind(i), difference, Integer::sum);
        }
    }

    /**
     * Tells whether the rows that a key compares equal with are just those {@link #first found} by it, and comparing it with the
     * others would not fail.
     */
    boolean finds(@Nullable JoinKey key) {
        if (key == null || keys.length == 0 || withoutKey > 0) {
            return false;
        }
        for (int i = 0; i < kinds.size(); i++) {
            Kind kind = key.kind(i);
            if (kind != Kind.NULL && rows(i, kind) + rows(i, Kind.NULL) < rows.size()) {
                return false;
            }
        }
        return true;
    }

    private int rows(int part, Kind kind) {
        return kinds.get(part).getOrDefault(kind, 0);
    }

    /** Returns the first row with a key. */
    @Nullable
    Row first(JoinKey key) {
        Chain chain = key.value() == null ? null : byKey.get(key.value());
        return chain == null ? null : chain.first;
    }

    Collection<Row> rows() {
        return rows;
    }

    /** Shows the values of the rows, which change with them. */
    Collection<@Nullable Object[]> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<@Nullable Object[]> iterator() {
                Iterator<Row> all = rows.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public @Nullable Object[] next() {
                        return all.next().values;
                    }
                };
            }

            @Override
            public int size() {
                return rows.size();
            }
        };
    }
}
