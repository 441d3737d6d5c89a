package io.varuna.rulekit;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import io.varuna.testkit.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A lookup table that has the rows that a test gave it. Stands in for every type of lookup table. */
@PluginType("feed")
final class FeedLookup implements LookupFactory<FeedLookup.Config> {
    /** The table takes no properties. */
    @interface Config {}

    private final Map<String, List<Map<String, @Nullable Object>>> tables = new ConcurrentHashMap<>();

    /** Adds rows, as maps or as JSON. */
    void add(String table, List<?> records) {
        for (Object record : records) {
            Object row = record instanceof Map<?, ?> ? record : Json.read(record.toString());
            @SuppressWarnings("unchecked") // rows come from JSON objects
            Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) Objects.requireNonNull(row);
            tables.computeIfAbsent(table, name -> new CopyOnWriteArrayList<>()).add(values);
        }
    }

    @Override
    public LookupSource open(Config config, List<String> columns, List<String> keyColumns, SourceContext context) {
        String table = context.stream();
        return key -> tables.getOrDefault(table, List.of()).stream()
                .filter(row ->
                        IntStream.range(0, key.size()).allMatch(i -> key.get(i).equals(row.get(keyColumns.get(i)))))
                .toList();
    }
}
