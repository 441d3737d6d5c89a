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
            case JSON -> new PayloadRecords(input(file, offset), new JsonSplitter(isArray(file), offset > 0));
            case CSV -> csv(file, offset);
            case LINES -> new PayloadRecords(
                    lines(file, offset), new LineSplitter(LineSplitter.NO_CELLS, ignoreEndLines));
            case RAW -> new PayloadRecords(input(file, offset), new WholeSplitter());
        };
    }

    private boolean isArray(Path file) throws IOException {
        try (ByteInput start = input(file, 0)) {
            int at = JsonSplitter.skipBlanks(start, 0, true);
            return at < start.size() && start.at(at) == '[';
        }
    }

    private FileRecords csv(Path file, long offset) throws IOException {
        LineSplitter splitter = new LineSplitter(delimiter, ignoreEndLines);
        ByteInput input = lines(file, offset);
        List<String> names = columns.isEmpty() ? schema.names() : columns;
        if (hasHeader) {
            List<String> header;
            if (offset == 0) {
                header = CsvRecords.header(input, splitter, delimiter);
            } else {
                try (ByteInput start = lines(file, 0)) {
                    header = CsvRecords.header(start, splitter, delimiter);
                }
            }
            names = columns.isEmpty() ? header : columns;
        }
        return new CsvRecords(input, splitter, delimiter, names, schema);
    }

    private ByteInput input(Path file, long offset) throws IOException {
        return ByteInput.open(file, decompression, offset);
    }

    private ByteInput lines(Path file, long offset) throws IOException {
        ByteInput input = input(file, offset);
        if (offset == 0) {
            LineSplitter.skip(input, ignoreStartLines);
        }
        return input;
    }
}
