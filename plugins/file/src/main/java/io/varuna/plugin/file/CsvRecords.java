package io.varuna.plugin.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.varuna.api.data.CellConversion;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Every line is a record of cells, converted to the types of the stream's columns. */
final class CsvRecords implements FileRecords {
    private final CsvReader.CsvReaderBuilder reader;
    private final ByteInput input;
    private final LineSplitter lines;
    private final List<String> names;
    private final Schema schema;
    private final Slices slices = new Slices();

    /**
     * Creates the records.
     *
     * @param names the names of the cells; empty for col0, col1, ...
     */
    CsvRecords(ByteInput input, LineSplitter lines, char delimiter, List<String> names, Schema schema) {
        this.input = input;
        this.lines = lines;
        this.reader = reader(delimiter);
        this.names = List.copyOf(names);
        this.schema = schema;
    }

    /** Returns the cells of the next line, which has the names of the columns; none if there is no line. */
    static List<String> header(ByteInput input, LineSplitter lines, char delimiter) throws IOException {
        Slices first = new Slices();
        lines.next(input, 1, first);
        if (first.size() == 0) {
            return List.of();
        }
        String text = text(first, 0);
        return cells(reader(delimiter), text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    private static String text(Slices lines, int index) {
        int start = lines.start(index);
        return new String(lines.bytes(), start, lines.end(index) - start, StandardCharsets.UTF_8);
    }

    private static CsvReader.CsvReaderBuilder reader(char delimiter) {
        return CsvReader.builder().fieldSeparator(delimiter).allowUnclosedQuote(false);
    }

    private static List<String> cells(CsvReader.CsvReaderBuilder reader, String line) {
        try {
            return reader.ofSingleCsvRecord(line).getFields();
        } catch (CsvParseException e) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD, "The line is no record of comma-separated values: " + line, e);
        }
    }

    @Override
    public int next(int most) throws IOException {
        lines.next(input, most, slices);
        return slices.size();
    }

    @Override
    public void emit(SourceOutput out, Map<String, @Nullable Object> metadata, LongFunction<Position> positions)
            throws InterruptedException {
        for (int i = 0; i < slices.size(); i++) {
            Map<String, @Nullable Object> record;
            try {
                record = record(i);
            } catch (VarunaException e) {
                out.reject(e, slices.view(i));
                continue;
            }
            out.emit(record, metadata, positions.apply(slices.offset(i)));
        }
    }

    @Override
    public void addTo(TableRows table) {
        for (int i = 0; i < slices.size(); i++) {
            int index = i;
            table.add(() -> record(index));
        }
    }

    @Override
    public long offset() {
        return slices.offset(slices.size() - 1);
    }

    private Map<String, @Nullable Object> record(int index) {
        List<String> cells = cells(reader, text(slices, index));
        if (!names.isEmpty() && cells.size() > names.size()) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "The line has " + cells.size() + " values, but there are " + names.size() + " columns");
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String name = names.isEmpty() ? "col" + i : names.get(i);
            int column = schema.indexOf(name);
            record.put(
                    name,
                    column < 0
                            ? cells.get(i)
                            : CellConversion.convert(
                                    cells.get(i), schema.columns().get(column).type(), name));
        }
        return record;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
