package io.varuna.plugin.codec.delimited;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.varuna.api.codec.Decoder;
import io.varuna.api.data.CellConversion;
import io.varuna.api.data.Column;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what {@link DelimitedDecoder} does, by a library: what it is compared with. */
final class FastCsvDecoder implements Decoder {
    private final CsvReader.CsvReaderBuilder reader;
    private final boolean hasHeader;
    private final List<String> fields;
    private final Schema schema;

    FastCsvDecoder(char delimiter, boolean hasHeader, List<String> fields, Schema schema) {
        this.reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        this.hasHeader = hasHeader;
        this.fields = fields;
        this.schema = schema;
    }

    @Override
    public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) {
        String text = text(payload);
        if (text.isBlank()) {
            throw malformed("The payload is empty");
        }
        List<String> names = fields;
        boolean header = hasHeader;
        try {
            for (CsvRecord record : reader.ofCsvRecord(text)) {
                if (header) {
                    names = names.isEmpty() ? record.getFields() : names;
                    header = false;
                } else {
                    out.accept(row(record, names));
                }
            }
        } catch (CsvParseException e) {
            throw new VarunaException(StandardError.MALFORMED_RECORD, "Not delimited text: " + reason(e), e);
        }
    }

    private static String text(ByteBuffer payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(payload.duplicate())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new VarunaException(StandardError.MALFORMED_RECORD, "The payload is not text in UTF-8", e);
        }
    }

    private static String reason(CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private @Nullable Object[] row(CsvRecord record, List<String> names) {
        @Nullable Object[] row = new @Nullable Object[schema.width()];
        Arrays.fill(row, Missing.VALUE);
        Map<String, @Nullable Object> members = schema.open() ? new LinkedHashMap<>() : null;
        for (int i = 0; i < record.getFieldCount(); i++) {
            if (!names.isEmpty() && i >= names.size()) {
                throw malformed("Line " + record.getStartingLineNumber() + " has " + record.getFieldCount()
                        + " values, but there are " + names.size() + " columns");
            }
            String name = names.isEmpty() ? "col" + i : names.get(i);
            int column = schema.indexOf(name);
            if (column >= 0) {
                Column declared = schema.columns().get(column);
                row[column] = CellConversion.convert(record.getField(i), declared.type(), name);
            }
            if (members != null) {
                members.put(name, column >= 0 ? row[column] : record.getField(i));
            }
        }
        if (members != null) {
            row[schema.size()] = members;
        }
        return row;
    }

    private static VarunaException malformed(String message) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message);
    }
}
