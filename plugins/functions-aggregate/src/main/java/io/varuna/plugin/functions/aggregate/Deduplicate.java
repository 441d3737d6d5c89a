package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.Values;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the first row for each distinct value. */
final class Deduplicate implements AggregateFunction<Deduplicate.Firsts> {
    /** A row, or the value itself where the call hands over no row. */
    private record First(@Nullable Object value, @Nullable Object row) {}

    static final class Firsts implements State {
        private final Map<Object, First> rows = new LinkedHashMap<>();
        private boolean all;

        /** The last row, if its value was new when it came. */
        private @Nullable First lastIfNew;

        private void add(First row) {
            lastIfNew = rows.putIfAbsent(Values.key(row.value), row) == null ? row : null;
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(all ? 1 : 0).putLong(lastIfNew == null ? 0 : 1).putLong(rows.size());
            rows.values().forEach(row -> out.putValue(row.value).putValue(row.row));
        }

        @Override
        public void load(StateReader in) {
            all = in.getLong() != 0;
            boolean lastIsNew = in.getLong() != 0;
            rows.clear();
            lastIfNew = null;
            for (long left = in.getLong(); left > 0; left--) {
                add(new First(in.getValue(), in.getValue()));
            }
            lastIfNew = lastIsNew ? lastIfNew : null;
        }
    }

    @Override
    public Firsts create() {
        return new Firsts();
    }

    @Override
    public void add(Firsts firsts, Args args) {
        firsts.all = Arguments.bool(args, 1, "deduplicate", "all");
        Object value = args.get(0);
        firsts.add(new First(value, args.size() > 2 ? args.get(2) : value));
    }

    @Override
    public void merge(Firsts firsts, Firsts other) {
        if (other.rows.isEmpty()) {
            return;
        }
        firsts.all = other.all;
        First last = other.lastIfNew;
        boolean lastIsNew = last != null && !firsts.rows.containsKey(Values.key(last.value));
        other.rows.values().forEach(firsts::add);
        firsts.lastIfNew = lastIsNew ? last : null;
    }

    @Override
    public @Nullable Object result(Firsts firsts) {
        if (!firsts.all) {
            return firsts.lastIfNew == null ? null : firsts.lastIfNew.row;
        }
        List<@Nullable Object> rows = new ArrayList<>(firsts.rows.size());
        firsts.rows.values().forEach(first -> rows.add(first.row));
        return rows;
    }

    @Override
    public boolean keepsRows() {
        return true;
    }
}
