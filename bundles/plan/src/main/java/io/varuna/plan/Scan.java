package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a stream: just the columns that the query needs.
 *
 * @param alias the name the query gives it
 */
public record Scan(String stream, String alias, List<ScanColumn> columns) implements PlanNode {
    /** Where a value of a scanned row comes from. */
    public enum ColumnSource {
        /** A member of the record. */
        FIELD,
        /** The whole record, a struct with everything in the record's own order. */
        RECORD,
        /** What the source tells about the record, a struct. */
        METADATA
    }

    /** A column that is read. */
    public record ScanColumn(String name, DataType type, ColumnSource source) {}

    public Scan {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public List<Column> output() {
        return columns.stream().map(c -> new Column(c.name(), c.type())).toList();
    }

    @Override
    public String describe() {
        return "Scan " + stream + (alias.equals(stream) ? "" : " AS " + alias)
                + columns.stream()
                        .map(c -> c.source() == ColumnSource.FIELD
                                ? c.name() + " " + c.type()
                                : c.source() == ColumnSource.RECORD ? "*" : "meta(*)")
                        .collect(Collectors.joining(", ", " [", "]"));
    }
}
