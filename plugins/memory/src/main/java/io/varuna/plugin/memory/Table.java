package io.varuna.plugin.memory;

import io.varuna.api.data.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last row for each key, found by the columns that a rule compares. Thread-safe. */
final class Table implements Subscriber {
    private final TopicFilter filter;
    private final String key;
    private final List<String> searched;
    private final Map<Object, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    private final Map<List<Object>, Map<Object, Map<String, @Nullable Object>>> found = new HashMap<>();

    Table(TopicFilter filter, String key, List<String> searched) {
        this.filter = filter;
        this.key = key;
        this.searched = List.copyOf(searched);
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public synchronized void take(List<Published> published) {
        for (Published change : published) {
            Object value = change.key() == null ? change.row().get(key) : change.key();
            // a row without a key could never be replaced or deleted
            if (value != null) {
                apply(change, Values.key(value));
            }
        }
    }

    private void apply(Published change, Object identity) {
        Map<String, @Nullable Object> before = rows.remove(identity);
        if (before != null) {
            found.computeIfPresent(searchKey(before), (columns, matches) -> {
                matches.remove(identity);
                return matches.isEmpty() ? null : matches;
            });
        }
        if (change.kind() != RowKind.DELETE) {
            rows.put(identity, change.row());
            found.computeIfAbsent(searchKey(change.row()), columns -> new LinkedHashMap<>())
                    .put(identity, change.row());
        }
    }

    /** Returns the rows whose searched columns have these values, in the order in which they came. */
    synchronized List<Map<String, @Nullable Object>> find(List<Object> values) {
        List<Object> wanted = values.stream().map(Values::key).toList();
        return new ArrayList<>(found.getOrDefault(wanted, Map.of()).values());
    }

    private List<Object> searchKey(Map<String, @Nullable Object> row) {
        List<Object> values = new ArrayList<>(searched.size());
        for (String column : searched) {
            Object value = row.get(column);
            // NULL equals nothing that is looked up
            values.add(value == null ? this : Values.key(value));
        }
        return values;
    }
}
