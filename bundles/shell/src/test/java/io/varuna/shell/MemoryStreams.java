package io.varuna.shell;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.api.error.TextRange;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.manage.StreamService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Streams in memory: 'demo' is a stream, 'rooms' a table, and statements are understood by their first words. */
final class MemoryStreams implements StreamService {
    private final Map<String, StreamDescription> streams = new TreeMap<>();

    MemoryStreams() {
        streams.put(
                "demo",
                new StreamDescription(
                        "demo",
                        StreamKind.STREAM,
                        Schema.of(new Column("temperature", DataType.DOUBLE), new Column("room", DataType.BIGINT)),
                        Map.of("DATASOURCE", "sensors/demo"),
                        "CREATE STREAM demo (temperature FLOAT, room BIGINT) WITH (DATASOURCE=\"sensors/demo\")"));
        streams.put(
                "rooms",
                new StreamDescription(
                        "rooms", StreamKind.LOOKUP_TABLE, Schema.OPEN, Map.of(), "CREATE TABLE rooms ..."));
    }

    @Override
    public String execute(String statement) {
        if (statement.equals("SHOW STREAMS")) {
            return "demo";
        }
        return "Stream " + create(statement).name() + " is created.";
    }

    @Override
    public StreamDescription create(String statement) {
        String[] words = statement.replaceAll("--.*\n", "").split("\\s+", -1);
        if (!words[0].equals("CREATE")) {
            throw new StatementException(
                    StandardError.SYNTAX_ERROR,
                    "'" + words[0] + "' begins no statement",
                    statement,
                    new TextRange(1, 1, 1, words[0].length()),
                    null);
        }
        StreamDescription stream = new StreamDescription(words[2], StreamKind.STREAM, Schema.OPEN, Map.of(), statement);
        streams.put(stream.name(), stream);
        return stream;
    }

    @Override
    public StreamDescription replace(String name, String statement) {
        return create(statement);
    }

    @Override
    public List<StreamDescription> list(boolean tables) {
        return streams.values().stream()
                .filter(stream -> (stream.kind() != StreamKind.STREAM) == tables)
                .toList();
    }

    @Override
    public StreamDescription get(String name, boolean table) {
        StreamDescription stream = streams.get(name);
        if (stream == null) {
            throw new VarunaException(StandardError.STREAM_NOT_FOUND, "There is no stream '" + name + "'.");
        }
        return stream;
    }

    @Override
    public void drop(String name, boolean table, boolean force) {
        if (name.equals("demo") && !force) {
            throw new VarunaException(StandardError.STREAM_IN_USE, "The stream 'demo' is in use by the rule 'hot'.");
        }
        streams.remove(name);
    }
}
