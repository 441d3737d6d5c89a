package io.varuna.api.data;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns, in order. Immutable.
 *
 * @param open whether a record may have members that are not among the columns. Rows of an open schema carry one value
 *     more than there are columns: the whole record, as a map from name to value in the record's own order
 */
public record Schema(List<Column> columns, boolean open) {
    /** Nothing known, anything possible: the schema of a stream declared without columns. */
    public static final Schema OPEN = new Schema(List.of(), true);

    public Schema {
        columns = List.copyOf(columns);
    }

    /** Creates a closed schema. */
    public Schema(List<Column> columns) {
        this(columns, false);
    }

    /** Returns a closed schema of the given columns. */
    public static Schema of(Column... columns) {
        return new Schema(List.of(columns));
    }

    /** Returns the names of the columns, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the number of columns; the whole record of an open schema is not counted. */
    public int size() {
        return columns.size();
    }

    /** Returns the number of values in a row: one more than there are columns where the schema is open. */
    public int width() {
        return open ? columns.size() + 1 : columns.size();
    }

    /** Returns the position of the column with exactly this name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        Stream<String> parts = columns.stream().map(Column::toString);
        return Stream.concat(parts, open ? Stream.of("...") : Stream.empty())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
