package io.varuna.testkit;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lookup table that keeps to its contract, and ones that break it in one way each. */
final class FaultyLookups {
    private FaultyLookups() {}

    /** What a table does wrong. */
    enum Fault {
        NONE,
        FINDS_THE_FIRST_ONLY,
        MIXES_UP_KEY_COLUMNS,
        FINDS_TEXTS_IN_ANY_CASE,
        CUTS_NUMBERS,
        LEAVES_OUT_COLUMNS,
        CLOSES_ITS_NEIGHBOUR,
        DOES_NOT_COME_BACK,
        GIVES_UP
    }

    /** Where the rows are. */
    static final class Place {
        final List<Map<String, Object>> rows = new ArrayList<>();
        boolean away;
        boolean broken;
    }

    @PluginType("list")
    record ListFactory(Place place, Fault fault) implements LookupFactory<FaultySinks.Config> {
        @Override
        public LookupSource open(
                FaultySinks.Config config, List<String> columns, List<String> keyColumns, SourceContext context) {
            if (fault == Fault.CLOSES_ITS_NEIGHBOUR) {
                place.broken = false;
            }
            return new Table(place, fault, columns, keyColumns);
        }

        @Override
        public boolean isTransient(Exception failure) {
            return fault != Fault.GIVES_UP && failure instanceof IOException;
        }
    }

    private record Table(Place place, Fault fault, List<String> columns, List<String> keyColumns)
            implements LookupSource {
        @Override
        public List<Map<String, @Nullable Object>> lookup(List<Object> key) throws IOException {
            if (place.away || place.broken) {
                place.broken = fault == Fault.DOES_NOT_COME_BACK;
                throw new IOException("The list is away");
            }
            List<Map<String, @Nullable Object>> found = new ArrayList<>();
            for (Map<String, Object> row : place.rows) {
                if (matches(row, key) && (found.isEmpty() || fault != Fault.FINDS_THE_FIRST_ONLY)) {
                    found.add(copy(row));
                }
            }
            return found;
        }

        private boolean matches(Map<String, Object> row, List<Object> key) {
            for (int i = 0; i < key.size(); i++) {
                int column = fault == Fault.MIXES_UP_KEY_COLUMNS ? key.size() - 1 - i : i;
                Object value = row.get(keyColumns.get(column));
                boolean same = fault == Fault.FINDS_TEXTS_IN_ANY_CASE
                        ? String.valueOf(value)
                                .equalsIgnoreCase(String.valueOf(key.get(i)).strip())
                        : key.get(i).equals(value);
                if (!same) {
                    return false;
                }
            }
            return true;
        }

        private Map<String, @Nullable Object> copy(Map<String, Object> row) {
            Map<String, @Nullable Object> copy = new HashMap<>(row);
            if (fault == Fault.LEAVES_OUT_COLUMNS) {
                copy.keySet().removeAll(columns);
            }
            if (fault == Fault.CUTS_NUMBERS) {
                copy.replaceAll(
                        (name, value) -> value instanceof Long number ? (Object) (long) (double) number : value);
            }
            return copy;
        }

        @Override
        public void close() {
            place.broken = fault == Fault.CLOSES_ITS_NEIGHBOUR;
        }
    }
}
