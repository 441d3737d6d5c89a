package io.varuna.rest;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Streams in memory, for the few forms of statements that the tests use. */
final class MemoryStreams implements StreamService {
    private static final Pattern CREATE = Pattern.compile("CREATE (STREAM|TABLE) (\\w+) \\((.*?)\\) WITH \\((.*)\\)");
    private static final Pattern OPTION = Pattern.compile("(\\w+)=\"(.*?)\"");

    private final Map<String, StreamDescription> streams = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    /** Makes a stream one that a rule needs. */
    void use(String name) {
        used.add(name);
    }

    void add(StreamDescription stream) {
        streams.put(stream.name(), stream);
    }

    @Override
    public String execute(String statement) {
        if (statement.startsWith("CREATE")) {
            StreamDescription created = create(statement);
            return word(created.kind() != StreamKind.STREAM) + " " + created.name() + " is created.";
        }
        if (statement.equals("SHOW STREAMS")) {
            return String.join("\n", streams.keySet());
        }
        throw syntaxError(statement);
    }

    @Override
    public StreamDescription create(String statement) {
        StreamDescription stream = parse(statement);
        if (streams.containsKey(stream.name())) {
            throw new VarunaException(
                    StandardError.STREAM_EXISTS, "There is already a stream '" + stream.name() + "'.");
        }
        streams.put(stream.name(), stream);
        return stream;
    }

    @Override
    public StreamDescription replace(String name, String statement) {
        StreamDescription stream = parse(statement);
        streams.put(name, stream);
        return stream;
    }

    @Override
    public List<StreamDescription> list(boolean tables) {
        return streams.values().stream()
                .filter(stream -> (stream.kind() != StreamKind.STREAM) == tables)
                .toList();
    }

    @Override
    public StreamDescription get(String name, boolean table) {
        return list(table).stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.STREAM_NOT_FOUND,
                        "There is no " + word(table).toLowerCase(Locale.ROOT) + " '" + name + "'."));
    }

    @Override
    public void drop(String name, boolean table, boolean force) {
        get(name, table);
        if (used.contains(name) && !force) {
            throw new VarunaException(
                    StandardError.STREAM_IN_USE, "The stream '" + name + "' is in use by the rule 'ruleTest'.");
        }
        streams.remove(name);
    }

    private static String word(boolean table) {
        return table ? "Table" : "Stream";
    }

    private static StreamDescription parse(String statement) {
        Matcher matcher = CREATE.matcher(statement);
        if (!matcher.matches()) {
            throw syntaxError(statement);
        }
        Map<String, String> options = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(matcher.group(4));
        while (option.find()) {
            options.put(option.group(1), option.group(2));
        }
        List<Column> columns = new ArrayList<>();
        for (String column : matcher.group(3).split(", ", -1)) {
            if (!column.isEmpty()) {
                String[] words = column.split(" ", -1);
                columns.add(new Column(words[0], words[1].equals("FLOAT") ? DataType.DOUBLE : DataType.BIGINT));
            }
        }
        StreamKind table = "lookup".equals(options.get("KIND")) ? StreamKind.LOOKUP_TABLE : StreamKind.SCAN_TABLE;
        return new StreamDescription(
                matcher.group(2),
                matcher.group(1).equals("STREAM") ? StreamKind.STREAM : table,
                columns.isEmpty() ? Schema.OPEN : new Schema(columns),
                options,
                statement);
    }

    private static StatementException syntaxError(String statement) {
        int end = statement.contains(" ") ? statement.indexOf(' ') : statement.length();
        return new StatementException(
                StandardError.SYNTAX_ERROR,
                "'" + statement.substring(0, end) + "' begins no statement. Did you mean 'CREATE'?",
                statement,
                new TextRange(1, 1, 1, end),
                null);
    }
}
