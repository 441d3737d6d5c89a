package io.varuna.itests.rules.kuiper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator of a case gets: rows, rows that were joined, or groups of them. It is made by a window that closes
 * after the last row; hidden columns say which rows were joined and grouped.
 */
final class Content {
    private static final String JOINED = "__joined";
    private static final String GROUP = "__group";
    private static final String LAST = "__last";
    private static final String ROWS = "__rows";
    private static final Set<String> HIDDEN = Set.of(JOINED, GROUP, LAST);

    private record Row(String stream, Map<String, @Nullable Object> values, Map<String, @Nullable Object> metadata) {}

    private final List<Row> rows = new ArrayList<>();
    /** The streams by the names that the query calls them. */
    private final Map<String, String> streams;

    private final boolean single;
    private final boolean joins;
    private final List<String> dimensions;
    private final KuiperCase range;

    private Content(KuiperCase input, Map<String, String> streams, boolean joins, List<String> dimensions) {
        this.streams = streams;
        this.joins = joins;
        this.dimensions = dimensions;
        this.single = input.mark().equals("xsql.Tuple");
        this.range = range(input);
        int joined = 0;
        List<?> groups = input.mark().equals("xsql.GroupedTuplesSet") ? input.list("Groups") : List.of(input.members());
        for (int group = 0; group < groups.size(); group++) {
            for (KuiperCase tuple : tuples(KuiperCase.of(groups.get(group)))) {
                List<?> parts = tuple.mark().equals("xsql.JoinTuple") ? tuple.list("Tuples") : List.of(tuple.members());
                for (Object part : parts) {
                    add(new KuiperCase((Map<?, ?>) part), joins ? joined : -1, dimensions.isEmpty() ? -1 : group);
                }
                joined++;
            }
        }
    }

    /** Reads the rows that go into a clause after FROM. */
    static Content of(KuiperCase input, Query query) {
        boolean joins = query.sources().size() > 1;
        boolean grouped = input.mark().equals("xsql.GroupedTuplesSet");
        List<String> dimensions = grouped ? List.of(GROUP) : List.of();
        return new Content(input, query.aliases(), joins, dimensions);
    }

    /** Reads the rows that go into FROM. */
    static Content joined(KuiperCase input, Query query) {
        return new Content(input, query.aliases(), false, List.of());
    }

    /** Returns the same rows, to be grouped by the query itself. */
    Content by(List<String> own) {
        Content copy = new Content(new KuiperCase(Map.of()), streams, joins, own);
        copy.rows.clear();
        copy.rows.addAll(rows);
        return copy;
    }

    private static KuiperCase range(KuiperCase input) {
        if (input.has("WindowRange")) {
            return input.part("WindowRange");
        }
        return input.list("Groups").stream()
                .map(group -> KuiperCase.of(group).part("WindowRange"))
                .findFirst()
                .orElse(new KuiperCase(Map.of()));
    }

    private static List<KuiperCase> tuples(KuiperCase collection) {
        if (!collection.has("Content")) {
            return collection.members().isEmpty() ? List.of() : List.of(collection);
        }
        List<KuiperCase> tuples = new ArrayList<>();
        collection.list("Content").forEach(tuple -> tuples.add(KuiperCase.of(tuple)));
        return tuples;
    }

    private void add(KuiperCase tuple, int joined, int group) {
        Map<String, @Nullable Object> values =
                new LinkedHashMap<>(Marked.row(tuple.part("Message").members(), Instant.EPOCH));
        if (joined >= 0) {
            values.put(JOINED, (long) joined);
        }
        if (group >= 0) {
            values.put(GROUP, (long) group);
        }
        String emitter = tuple.text("Emitter");
        // some tests call a stream otherwise than the query does
        String stream = streams.getOrDefault(emitter, lastStream());
        rows.add(new Row(stream, values, Marked.row(tuple.part("Metadata").members(), Instant.EPOCH)));
    }

    private String lastStream() {
        List<String> names = List.copyOf(streams.values());
        return names.get(names.size() - 1);
    }

    boolean isGrouped() {
        return !dimensions.isEmpty();
    }

    void create(Probe probe) {
        new LinkedHashSet<>(streams.values()).forEach(probe::stream);
    }

    /** Puts a window around the rows, and joins and groups those that belong together. */
    Query gather(Query query) {
        Query gathered = query;
        if (joins) {
            StringBuilder from = new StringBuilder();
            String first = "";
            for (Map.Entry<String, String> stream : streams.entrySet()) {
                String source = stream.getValue() + " AS " + stream.getKey();
                if (first.isEmpty()) {
                    first = stream.getKey();
                    from.append(source);
                } else {
                    from.append(" FULL JOIN ")
                            .append(source)
                            .append(" ON ")
                            .append(first)
                            .append('.')
                            .append(JOINED);
                    from.append(" = ").append(stream.getKey()).append('.').append(JOINED);
                }
            }
            gathered = gathered.withFrom(from.toString());
        }
        if (single) {
            return gathered.withGroupBy("");
        }
        List<String> groupBy = new ArrayList<>();
        for (String dimension : dimensions) {
            groupBy.add(dimension.equals(GROUP) ? anyOf(GROUP) : dimension);
        }
        groupBy.add(window());
        return gathered.withGroupBy(String.join(", ", groupBy));
    }

    private String anyOf(String column) {
        if (streams.size() == 1) {
            return column;
        }
        return "coalesce("
                + String.join(
                        ", ",
                        streams.keySet().stream()
                                .map(name -> name + "." + column)
                                .toList()) + ")";
    }

    private String window() {
        if (range.members().isEmpty()) {
            return "COUNTWINDOW(" + Math.max(1, rows.size()) + ")";
        }
        long length = range.number("windowEnd") - range.number("windowStart");
        return "SLIDINGWINDOW(ms, " + length + ") OVER (WHEN " + anyOf(LAST) + " = true)";
    }

    /** Sends the rows, the last one at the end of the window. */
    void send(Probe probe) {
        if (!range.members().isEmpty()) {
            probe.advanceTo(Instant.ofEpochMilli(range.number("windowEnd")));
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
            if (!range.members().isEmpty() && i == rows.size() - 1) {
                values.put(LAST, true);
            }
            probe.send(row.stream(), values, row.metadata());
        }
    }

    /** Leaves out the hidden columns, also those of rows within rows. */
    List<Map<?, ?>> visible(List<?> found) {
        List<Map<?, ?>> visible = new ArrayList<>();
        found.forEach(row -> visible.add(row instanceof Map<?, ?> map ? shown(map) : Map.of()));
        return visible;
    }

    private static Map<?, ?> shown(Map<?, ?> row) {
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (!HIDDEN.contains(name)) {
                kept.put(name, shownValue(value));
            }
        });
        return kept;
    }

    private static @Nullable Object shownValue(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>();
            list.forEach(element -> kept.add(shownValue(element)));
            return kept;
        }
        return value instanceof Map<?, ?> map ? shown(map) : value;
    }

    /** Selects all rows of a group beside what the query selects, to which other clauses can refer. */
    static String collecting(String select) {
        return (select.isEmpty() ? "" : select + ", ") + "collect(*) AS " + ROWS;
    }

    List<List<?>> groupsOf(List<Map<?, ?>> found) {
        List<List<?>> groups = new ArrayList<>();
        for (Map<?, ?> row : found) {
            groups.add(row.get(ROWS) instanceof List<?> list ? visible(list) : List.of());
        }
        return groups;
    }

    static List<List<?>> groups(List<?> groups) {
        List<List<?>> read = new ArrayList<>();
        groups.forEach(group -> read.add(merged(KuiperCase.of(group))));
        return read;
    }

    /** Returns the rows that a case expects, or the groups of rows. */
    static List<?> expected(@Nullable Object value, boolean grouped) {
        if (!(value instanceof Map<?, ?> map)) {
            return List.of();
        }
        KuiperCase collection = new KuiperCase(map);
        if (collection.mark().equals("xsql.GroupedTuplesSet")) {
            return groups(collection.list("Groups"));
        }
        return grouped ? List.of(merged(collection)) : merged(collection);
    }

    /** Returns rows as maps; of columns that are on both sides of a join, the left one is taken. */
    private static List<Map<?, ?>> merged(KuiperCase collection) {
        List<Map<?, ?>> merged = new ArrayList<>();
        for (KuiperCase tuple : tuples(collection)) {
            Map<Object, @Nullable Object> row = new LinkedHashMap<>();
            if (tuple.mark().equals("xsql.JoinTuple")) {
                for (Object part : tuple.list("Tuples")) {
                    KuiperCase.of(part).part("Message").members().forEach(row::putIfAbsent);
                }
            } else {
                row.putAll(tuple.part("Message").members());
            }
            merged.add(row);
        }
        return merged;
    }
}
