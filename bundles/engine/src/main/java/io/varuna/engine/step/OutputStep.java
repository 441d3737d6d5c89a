package io.varuna.engine.step;

import io.varuna.api.codec.CellKind;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.OutputColumns;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.data.RowBatch;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rows of results for the sinks. */
public final class OutputStep extends Step {
    /** The column with what the source tells about the record. */
    private static final String METADATA = "__meta";

    private final List<OutputColumn> columns;
    private final Set<String> named = new HashSet<>();
    private final Schema schema;
    private final boolean spreads;
    private final boolean nilFields;
    private final boolean metadataToo;
    private final PendingResults results;
    private final OutputColumns.Shape shape;
    private OutputColumns.@Nullable Gathered gathered;
    private Schema lastSpread = new Schema(List.of());

    /**
     * Creates the step.
     *
     * @param nilFields whether a column that would be left out is put out as NULL
     * @param metadataToo whether rows get what their source tells about them
     * @param results gets the results
     */
    public OutputStep(
            StepSetting setting, Output plan, boolean nilFields, boolean metadataToo, PendingResults results) {
        super(setting);
        this.columns = plan.columns();
        this.schema = schema(plan);
        this.spreads = schema.open();
        this.nilFields = nilFields;
        this.metadataToo = metadataToo;
        this.results = results;
        CellKind absent = nilFields ? CellKind.NULL : CellKind.MISSING;
        this.shape = new OutputColumns.Shape(
                schema,
                columns.stream().map(column -> absent).toList(),
                columns.stream()
                        .map(column -> column.presence() == Presence.NOT_NULL ? absent : CellKind.NULL)
                        .toList());
        for (OutputColumn column : columns) {
            if (!opens(column)) {
                named.add(column.name());
            }
        }
    }

    private static boolean opens(OutputColumn column) {
        return switch (column.presence()) {
            case SPREAD, UNNESTED -> true;
            case AS_IS, NOT_NULL -> false;
        };
    }

    /** Returns the columns of the output as far as the plan tells; open where more may come. */
    public static Schema schema(Output plan) {
        List<Column> known = new ArrayList<>();
        boolean open = false;
        List<Column> all = plan.output();
        for (int i = 0; i < all.size(); i++) {
            if (opens(plan.columns().get(i))) {
                open = true;
            } else {
                known.add(all.get(i));
            }
        }
        return new Schema(known, open);
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            results.add(List.of(row(batch, i)));
        }
        out(batch);
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        if (spreads || metadataToo) {
            super.processColumns(batch);
            return;
        }
        results.add(shown(batch));
        out(batch);
    }

    private OutputColumns shown(ColumnBatch batch) {
        ColumnVector[] shown = new ColumnVector[columns.size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = batch.column(columns.get(i).index());
        }
        return OutputColumns.of(shape, shown, batch);
    }

    @Override
    public boolean takesPortions() {
        return !spreads && !metadataToo;
    }

    @Override
    protected void processPortion(ColumnBatch batch, boolean first, boolean last) {
        OutputColumns.Gathered all = first ? null : gathered;
        if (all == null) {
            all = new OutputColumns.Gathered(shape, 2 * batch.size());
        }
        all.add(shown(batch));
        out(batch);
        gathered = last ? null : all;
        if (last && all.size() > 0) {
            results.addOne(all.end());
        } else if (last) {
            results.add(List.of());
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        List<OutputRow> rows = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            rows.add(row(batch, i));
        }
        results.add(rows);
        out(batch);
    }

    private OutputRow row(RowBatch batch, int index) {
        Object metadata = metadataToo ? batch.tag(index) : null;
        @Nullable Object[] row = batch.row(index);
        long time = batch.time(index);
        return spreads || metadata != null ? spread(row, metadata, time) : plain(row, time);
    }

    private OutputRow plain(@Nullable Object[] row, long time) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i), row);
        }
        return new OutputRow(schema, values, time);
    }

    private @Nullable Object value(OutputColumn column, @Nullable Object[] row) {
        Object value = row[column.index()];
        boolean absent = value == Missing.VALUE || (value == null && column.presence() == Presence.NOT_NULL);
        if (absent) {
            return nilFields ? null : Missing.VALUE;
        }
        return value;
    }

    private OutputRow spread(@Nullable Object[] row, @Nullable Object metadata, long time) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (OutputColumn column : columns) {
            Object value = row[column.index()];
            if (column.presence() == Presence.SPREAD) {
                spread(value, row, values);
            } else if (column.presence() == Presence.UNNESTED) {
                unnest(column, value, values);
            } else {
                Object shown = value(column, row);
                if (shown != Missing.VALUE && !values.containsKey(column.name())) {
                    values.put(column.name(), shown);
                }
            }
        }
        if (metadata != null) {
            values.put(METADATA, metadata);
        }
        return new OutputRow(
                schemaOf(List.copyOf(values.keySet())), values.values().toArray(), time);
    }

    private void spread(@Nullable Object value, @Nullable Object[] row, Map<String, @Nullable Object> values) {
        if (value instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                String name = String.valueOf(member.getKey());
                if (!values.containsKey(name) && !givesWay(name, row)) {
                    values.put(name, member.getValue());
                }
            }
        }
    }

    private static void unnest(OutputColumn column, @Nullable Object value, Map<String, @Nullable Object> values) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> values.put(String.valueOf(name), member));
        } else if (value != Missing.VALUE) {
            values.put(column.name(), value);
        }
    }

    /** Tells whether a member of a spread struct is put out by a column with that name. */
    private boolean givesWay(String name, @Nullable Object[] row) {
        if (!named.contains(name)) {
            return false;
        }
        for (OutputColumn column : columns) {
            if (!opens(column) && column.name().equals(name)) {
                return value(column, row) != Missing.VALUE;
            }
        }
        return false;
    }

    private Schema schemaOf(List<String> names) {
        // most records look like the one before
        if (!lastSpread.names().equals(names)) {
            lastSpread = new Schema(names.stream().map(this::column).toList());
        }
        return lastSpread;
    }

    private Column column(String name) {
        int index = schema.indexOf(name);
        return index < 0 ? new Column(name, DataType.ANY) : schema.columns().get(index);
    }

    @Override
    public void time(long now) {
        // results come when they come
    }
}
