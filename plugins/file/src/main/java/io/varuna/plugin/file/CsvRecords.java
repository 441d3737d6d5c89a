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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every line is a record of cells, converted to the types of the stream's columns. */
final class CsvRecords implements FileRecords {
    private final CsvReader.CsvReaderBuilder reader;
    private final LineReader lines;
    private final List<String> names;
    private final Schema schema;
    private LineReader.Line current = new LineReader.Line(new byte[0], 0);

    /**
     * Creates the records.
     *
     * @param names the names of the cells; empty for col0, col1, ...
     */
    CsvRecords(LineReader lines, char delimiter, List<String> names, Schema schema) {
        this.lines = lines;
        this.reader = reader(delimiter);
        this.names = List.copyOf(names);
        this.schema = schema;
    }

    /** Returns the cells of a line that has the names of the columns. */
    static List<String> header(byte[] line, char delimiter) {
        String text = new String(line, StandardCharsets.UTF_8);
        return cells(reader(delimiter), text.startsWith("\ufeff") ? text.substring(1) : text);
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
    public boolean next() throws IOException {
        LineReader.Line line = lines.next();
        if (line == null) {
            return false;
        }
        current = line;
        return true;
    }

    @Override
    public long offset() {
        return current.end();
    }

    @Override
    public boolean emit(SourceOutput out, Map<String, @Nullable Object> metadata, Position position)
            throws InterruptedException {
        Map<String, @Nullable Object> record;
        try {
            record = record(cells(reader, new String(current.text(), StandardCharsets.UTF_8)));
        } catch (VarunaException e) {
            out.reject(e, ByteBuffer.wrap(current.text()));
            return false;
        }
        out.emit(record, metadata, position);
        return true;
    }

    private Map<String, @Nullable Object> record(List<String> cells) {
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
        lines.close();
    }
}
