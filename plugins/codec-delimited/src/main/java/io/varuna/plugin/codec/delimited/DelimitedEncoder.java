package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as lines, with an empty cell for every column that is NULL or not there. */
final class DelimitedEncoder implements Encoder {
    private final char delimiter;

    DelimitedEncoder(char delimiter) {
        this.delimiter = delimiter;
    }

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder();
        append(row, line);
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                lines.append('\n');
            }
            append(rows.get(i), lines);
        }
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void append(Row row, StringBuilder line) {
        int columns = row.schema().size();
        for (int i = 0; i < columns; i++) {
            if (i > 0) {
                line.append(delimiter);
            }
            String cell = text(row.get(i));
            // a line of one empty cell would be no line at all
            boolean alone = columns == 1 && cell.isEmpty() && row.isPresent(i);
            if (alone || needsQuotes(cell)) {
                line.append('"').append(cell.replace("\"", "\"\"")).append('"');
            } else {
                line.append(cell);
            }
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value == null ? "" : Conversions.toText(value);
    }

    private boolean needsQuotes(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char character = cell.charAt(i);
            if (character == delimiter || character == '"' || character == '\n' || character == '\r') {
                return true;
            }
        }
        return false;
    }
}
