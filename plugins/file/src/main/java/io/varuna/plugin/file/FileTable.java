package io.varuna.plugin.file;

import io.varuna.api.data.Values;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a file by their key, in memory. The file is looked at when a question comes and the last look is an interval ago;
 * one that is gone or broken leaves the rows of before.
 */
final class FileTable implements LookupSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileTable.class);
    private static final int RECORDS_AT_ONCE = 4_096;
    private static final String CORRECT_PATH = " correct DATASOURCE and the property 'path'";
    private static final int LARGEST = 64 << 20;

    private final Supplier<Path> path;
    private final FileLayout layout;
    private final long interval;
    private final Wanted wanted;
    private final SourceContext context;
    private @Nullable Map<List<Object>, List<Map<String, @Nullable Object>>> rows;
    private Look read = Look.NONE;
    private long looked;
    private @Nullable String trouble;
    /** Where the file is, for messages. */
    private String place;

    /**
     * What a rule wants of the file.
     *
     * @param columns what it needs; empty for all
     * @param keyColumns what it compares
     */
    record Wanted(List<String> columns, List<String> keyColumns) {
        Wanted {
            columns = List.copyOf(columns);
            keyColumns = List.copyOf(keyColumns);
        }
    }

    FileTable(Supplier<Path> path, FileLayout layout, Duration interval, Wanted wanted, SourceContext context) {
        this.path = path;
        this.layout = layout;
        this.interval = interval.toMillis();
        this.wanted = wanted;
        this.context = context;
        this.place = context.dataSource();
    }

    @Override
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) {
        long now = context.clock().millis();
        boolean first = rows == null && trouble == null;
        // a clock that was set back must not keep the file from being looked at
        if (first || now - looked >= interval || now < looked) {
            looked = now;
            look();
        }
        if (rows == null) {
            throw new VarunaException(StandardError.SOURCE_FAILED, Objects.requireNonNull(trouble));
        }
        return rows.getOrDefault(key.stream().map(Values::key).toList(), List.of());
    }

    private void look() {
        try {
            Path file = path.get();
            place = file.toString();
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                unreachable("it is a directory, but a table takes one file:" + CORRECT_PATH, null);
                return;
            }
            Look look = Look.at(attributes);
            if (!look.equals(read)) {
                read(file, look);
            }
        } catch (NoSuchFileException e) {
            unreachable("there is no such file. Put it there, or" + CORRECT_PATH, null);
        } catch (IOException e) {
            unreachable(e + ". It is tried again", e);
        } catch (VarunaException e) {
            unreachable(String.valueOf(e.getMessage()), null);
        }
    }

    private void read(Path file, Look look) throws IOException {
        read = look;
        try {
            rows = rows(file, look);
        } catch (VarunaException e) {
            failed(e.getMessage() + ". It is read again when it has changed", null);
            return;
        }
        if (trouble != null) {
            trouble = null;
            LOGGER.info("Rule '{}': table '{}' has read its file", context.ruleId(), context.stream());
            context.status(ConnectionStatus.CONNECTED, null);
        }
    }

    private Map<List<Object>, List<Map<String, @Nullable Object>>> rows(Path file, Look look) throws IOException {
        TableRows found = new TableRows(wanted, context);
        if (layout.decompression() == Decompression.NONE) {
            check(look.size());
        }
        try (FileRecords records = layout.open(file, 0)) {
            while (records.next(RECORDS_AT_ONCE) > 0) {
                check(records.offset());
                records.addTo(found);
            }
        }
        return found.byKey();
    }

    private static void check(long size) {
        if (size > LARGEST) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "it has more than " + LARGEST
                            + " bytes, which all would be kept in memory. Take a database for that many");
        }
    }

    /** What is there at the next look is read, whatever it looks like. */
    private void unreachable(String problem, @Nullable Exception cause) {
        read = Look.NONE;
        failed(problem, cause);
    }

    private void failed(String problem, @Nullable Exception cause) {
        String message = "Table '" + context.stream() + "' cannot read file '" + place + "': " + problem
                + (rows == null ? "" : ". Until then the table has the rows that it had before");
        if (!message.equals(trouble)) {
            trouble = message;
            LOGGER.warn("Rule '{}': {}", context.ruleId(), message, cause);
            context.status(ConnectionStatus.DISCONNECTED, message);
        }
    }
}
