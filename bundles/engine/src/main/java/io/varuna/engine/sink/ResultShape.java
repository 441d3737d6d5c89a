package io.varuna.engine.sink;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selects what of a result is sent. Thread-safe. */
final class ResultShape {
    private final SinkOptions options;
    private @Nullable Schema from;
    private @Nullable Schema to;

    ResultShape(SinkOptions options) {
        this.options = options;
    }

    synchronized Results apply(Results results) {
        boolean asIs = !options.omitIfEmpty()
                && (options.emptyToo() || !results.someEmpty())
                && options.fields().isEmpty()
                && options.excludeFields().isEmpty()
                && options.dataField().isEmpty();
        if (asIs) {
            return results;
        }
        List<List<OutputRow>> shaped = new ArrayList<>();
        for (List<OutputRow> result : results.results()) {
            List<OutputRow> rows = new ArrayList<>();
            result.forEach(row -> rows.addAll(shape(row)));
            rows.removeIf(row -> options.omitIfEmpty() && row.toMap().isEmpty());
            if (!rows.isEmpty() || (result.isEmpty() && options.emptyToo())) {
                shaped.add(rows);
            }
        }
        return new Results(shaped);
    }

    private List<OutputRow> shape(OutputRow row) {
        List<OutputRow> rows = new ArrayList<>();
        if (options.dataField().isEmpty()) {
            rows.add(row);
        } else {
            extract(row, rows);
        }
        rows.replaceAll(this::select);
        return rows;
    }

    private void extract(OutputRow row, List<OutputRow> rows) {
        Object value = row.toMap();
        for (String member : options.dataField()) {
            value = value instanceof Map<?, ?> map ? map.get(member) : null;
        }
        for (Object element : value instanceof List<?> list ? list : List.of(value == null ? Map.of() : value)) {
            if (element instanceof Map<?, ?> map) {
                rows.add(row(map, row.time()));
            }
        }
    }

    private static OutputRow row(Map<?, ?> map, long time) {
        List<Column> columns = map.keySet().stream()
                .map(name -> new Column(String.valueOf(name), DataType.ANY))
                .toList();
        return new OutputRow(new Schema(columns), map.values().toArray(), time);
    }

    @SuppressWarnings("ReferenceEquality") // a short cut: most rows share one schema
    private OutputRow select(OutputRow row) {
        if (options.fields().isEmpty() && options.excludeFields().isEmpty()) {
            return row;
        }
        Schema selected = to;
        if (selected == null || row.schema() != from) {
            from = row.schema();
            selected = select(row.schema());
            to = selected;
        }
        return row.as(selected);
    }

    private Schema select(Schema schema) {
        List<Column> columns = new ArrayList<>();
        if (!options.fields().isEmpty()) {
            for (String field : options.fields()) {
                int index = schema.indexOf(field);
                columns.add(
                        index < 0
                                ? new Column(field, DataType.ANY)
                                : schema.columns().get(index));
            }
        } else {
            schema.columns().stream()
                    .filter(column -> !options.excludeFields().contains(column.name()))
                    .forEach(columns::add);
        }
        return new Schema(columns);
    }
}
