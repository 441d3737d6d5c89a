package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.codec.RowOutput;
import io.varuna.api.data.Schema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads lines of values; each is converted to the type of its column. */
final class DelimitedDecoder implements ColumnDecoder {
    private final CellScanner scanner;
    private final boolean hasHeader;
    private final List<String> fields;
    private final Schema schema;
    private final LineLayout layout;

    DelimitedDecoder(char delimiter, boolean hasHeader, List<String> fields, Schema schema) {
        this.scanner = new CellScanner(delimiter);
        this.hasHeader = hasHeader;
        this.fields = fields;
        this.schema = schema;
        this.layout = new LineLayout(schema, fields);
    }

    @Override
    public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) {
        decode(payload, new RowOutput(schema.width(), out));
    }

    @Override
    public void decode(ByteBuffer payload, ColumnOutput out) {
        scanner.load(payload);
        LineLayout current = layout;
        if (hasHeader && scanner.nextLine()) {
            List<String> header = header();
            current = fields.isEmpty() ? new LineLayout(schema, header) : layout;
        }
        while (scanner.nextLine()) {
            readLine(current, out);
        }
    }

    private List<String> header() {
        List<String> names = new ArrayList<>();
        while (scanner.nextCell()) {
            names.add(scanner.text());
        }
        return names;
    }

    private void readLine(LineLayout current, ColumnOutput out) {
        long line = scanner.line();
        Map<String, @Nullable Object> record = schema.open() ? new LinkedHashMap<>() : null;
        int count = 0;
        while (scanner.nextCell()) {
            if (current.has(count)) {
                current.put(count, scanner, record, out);
            }
            count++;
        }
        if (!current.has(count - 1)) {
            throw CellScanner.malformed(
                    "Line " + line + " has " + count + " values, but there are " + current.size() + " columns");
        }
        if (record != null) {
            out.putObject(schema.size(), record);
        }
        out.endRecord();
    }
}
