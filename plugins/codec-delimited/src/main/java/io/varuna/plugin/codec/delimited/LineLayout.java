package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.data.CellConversion;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cell of a line is which column. */
final class LineLayout {
    private final Schema schema;
    private final List<String> names;
    private final List<Cell> cells = new ArrayList<>();

    /**
     * A cell of a line.
     *
     * @param column the place of its values in a row, or -1 if nobody asks for them
     */
    private record Cell(String name, int column, DataType type) {}

    /**
     * Creates a layout.
     *
     * @param names the names of the cells in order; if empty, they are col0, col1, ...
     */
    LineLayout(Schema schema, List<String> names) {
        this.schema = schema;
        this.names = names;
    }

    int size() {
        return names.size();
    }

    /** Tells whether a line may have so many cells and one more. */
    boolean has(int index) {
        return names.isEmpty() || index < names.size();
    }

    /** Puts the cell that was scanned last. */
    void put(int index, CellScanner scanner, @Nullable Map<String, @Nullable Object> record, ColumnOutput out) {
        Cell cell = cell(index);
        if (record != null) {
            Object value =
                    cell.column < 0 ? scanner.text() : CellConversion.convert(scanner.text(), cell.type, cell.name);
            record.put(cell.name, value);
        }
        if (cell.column >= 0) {
            CellReader.put(cell.column, cell.type, cell.name, scanner, out);
        }
    }

    private Cell cell(int index) {
        while (cells.size() <= index) {
            int next = cells.size();
            String name = names.isEmpty() ? "col" + next : names.get(next);
            int column = schema.indexOf(name);
            DataType type =
                    column < 0 ? DataType.ANY : schema.columns().get(column).type();
            cells.add(new Cell(name, column, type));
        }
        return cells.get(index);
    }
}
