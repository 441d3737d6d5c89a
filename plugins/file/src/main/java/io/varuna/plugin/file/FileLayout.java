package io.varuna.plugin.file;

import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How records lie in a file.
 *
 * @param columns the names of the cells of a line; empty to take those of the header, of the stream, or numbers
 */
record FileLayout(
        FileType type,
        Decompression decompression,
        char delimiter,
        boolean hasHeader,
        List<String> columns,
        int ignoreStartLines,
        int ignoreEndLines,
        Schema schema) {
    static FileLayout of(FileSource.Config config, Schema schema, String where) {
        if (config.ignoreStartLines() < 0 || config.ignoreEndLines() < 0) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    where + " takes no negative numbers as 'ignoreStartLines' and 'ignoreEndLines'");
        }
        return new FileLayout(
                FileType.of(config.fileType(), where),
                Decompression.of(config.decompression(), where),
                Delimiters.check(config.delimiter(), where),
                config.hasHeader(),
                List.of(config.columns()),
                config.ignoreStartLines(),
                config.ignoreEndLines(),
                schema);
    }

    /** Opens a file at an offset that an earlier record of it had, or at 0. */
    FileRecords open(Path file, long offset) throws IOException {
        return switch (type) {
            case JSON -> json(file, offset);
            case CSV -> csv(file, offset);
            case LINES -> new LineRecords(lines(file, offset, LineReader.NO_CELLS));
            case RAW -> new WholeFile(ByteInput.open(file, decompression, offset));
        };
    }

    private FileRecords json(Path file, long offset) throws IOException {
        boolean array;
        try (ByteInput start = ByteInput.open(file, decompression, 0)) {
            int first = start.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = start.read();
            }
            array = first == '[';
        }
        return new JsonRecords(ByteInput.open(file, decompression, offset), array, offset > 0);
    }

    private FileRecords csv(Path file, long offset) throws IOException {
        LineReader lines = lines(file, offset, delimiter);
        List<String> names = columns.isEmpty() ? schema.names() : columns;
        if (hasHeader) {
            List<String> header;
            if (offset == 0) {
                header = header(lines);
            } else {
                try (LineReader start = lines(file, 0, delimiter)) {
                    header = header(start);
                }
            }
            names = columns.isEmpty() ? header : columns;
        }
        return new CsvRecords(lines, delimiter, names, schema);
    }

    private List<String> header(LineReader lines) throws IOException {
        LineReader.Line line = lines.next();
        return line == null ? List.of() : CsvRecords.header(line.text(), delimiter);
    }

    private LineReader lines(Path file, long offset, int separator) throws IOException {
        LineReader lines = new LineReader(ByteInput.open(file, decompression, offset), separator, ignoreEndLines);
        if (offset == 0) {
            lines.skip(ignoreStartLines);
        }
        return lines;
    }
}
