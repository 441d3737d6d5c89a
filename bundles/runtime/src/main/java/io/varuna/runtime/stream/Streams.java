package io.varuna.runtime.stream;

import io.varuna.api.error.ErrorCode;
import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.manage.StreamService;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import io.varuna.runtime.Names;
import io.varuna.runtime.Suggestion;
import io.varuna.runtime.plugin.Plugins;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Creates, shows and drops streams and tables. Thread-safe. */
public final class Streams implements StreamService {
    private final Definitions definitions;
    private final Plugins plugins;
    private final StreamReaders readers;

    public Streams(Definitions definitions, Plugins plugins, StreamReaders readers) {
        this.definitions = definitions;
        this.plugins = plugins;
        this.readers = readers;
    }

    /** Made for each statement, so that a start loads no class of it. */
    private StreamStatement read(String statement) {
        return new SqlCompiler(definitions).statement(statement);
    }

    @Override
    public String execute(String statement) {
        StreamStatement read = read(statement);
        if (read instanceof StreamStatement.Create create) {
            return created(create);
        }
        if (read instanceof StreamStatement.Drop drop) {
            return dropped(drop);
        }
        if (read instanceof StreamStatement.Show show) {
            List<StreamDescription> found = list(show.tables());
            return found.isEmpty()
                    ? "No " + word(show.tables()) + " definitions are found."
                    : found.stream().map(StreamDescription::name).collect(Collectors.joining("\n"));
        }
        if (read instanceof StreamStatement.Describe describe) {
            return StreamText.describe(find(describe.name(), describe.table()));
        }
        StreamStatement.Explain explain = (StreamStatement.Explain) read;
        return StreamText.explain(find(explain.name(), explain.table()), readers.readersOf(explain.name()));
    }

    private String created(StreamStatement.Create create) {
        StreamDefinition definition = create.definition();
        boolean present = definitions.stream(definition.name()).isPresent();
        if (present && create.ifNotExists()) {
            return title(definition) + " exists already.";
        }
        apply(create);
        return title(definition) + (present ? " is replaced." : " is created.") + waiting(definition);
    }

    private String waiting(StreamDefinition definition) {
        List<String> missing = new ArrayList<>();
        String type = definition.options().type(definition.kind());
        PluginKind kind = definition.kind() == StreamKind.LOOKUP_TABLE ? PluginKind.LOOKUP : PluginKind.SOURCE;
        absent("type", type, plugins.types(kind)).ifPresent(missing::add);
        absent("format", definition.options().format(), plugins.types(PluginKind.CODEC))
                .ifPresent(missing::add);
        return missing.isEmpty() ? "" : " Rules that read it will wait: " + String.join(" and ", missing) + ".";
    }

    private static Optional<String> absent(String what, String name, Collection<String> known) {
        return known.contains(name)
                ? Optional.empty()
                : Optional.of("no plugin has its " + what + " '" + name + "' (there are: " + Suggestion.list(known)
                        + NearestName.of(name, known)
                                .map(nearest -> "; did you mean '" + nearest + "'?")
                                .orElse("") + ")");
    }

    private String dropped(StreamStatement.Drop drop) {
        String title = title(word(drop.table()), drop.name());
        if (drop.ifExists() && !exists(drop.name(), drop.table())) {
            return title + " does not exist.";
        }
        drop(drop.name(), drop.table(), false);
        return title + " is dropped.";
    }

    @Override
    public StreamDescription create(String statement) {
        StreamStatement.Create create = createStatement(statement);
        if (create.ifNotExists()
                && definitions.stream(create.definition().name()).isPresent()) {
            return get(create.definition().name(), isTable(create.definition()));
        }
        return apply(create);
    }

    @Override
    public StreamDescription replace(String name, String statement) {
        StreamStatement.Create create = createStatement(statement);
        StreamDefinition definition = create.definition();
        checkName(definition, name);
        find(name, isTable(definition));
        return apply(new StreamStatement.Create(definition, true, false));
    }

    /**
     * Returns what other streams and tables in the place of all would be; nothing is changed yet. Temporary ones stay.
     *
     * @param wanted statements by name; those of streams under false, those of tables under true
     * @param refused told what cannot be read, by kind and name
     */
    public StreamReplacement replacement(Map<Boolean, Map<String, String>> wanted, BiConsumer<String, String> refused) {
        Map<String, Optional<StreamDefinition>> changes = new TreeMap<>();
        definitions.all().stream()
                .filter(stream -> !stream.options().temporary())
                .forEach(stream -> changes.put(stream.name(), Optional.empty()));
        wanted.forEach((table, statements) -> statements.forEach((name, statement) -> {
            try {
                if (table && wanted.getOrDefault(false, Map.of()).containsKey(name)) {
                    throw error(
                            StandardError.STREAM_EXISTS,
                            "The document has a stream '" + name + "' as well. Give one of them another name");
                }
                changes.put(name, Optional.of(read(name, statement, table)));
            } catch (VarunaException e) {
                // so that rules that read what there is are not refused as well
                changes.remove(name);
                refused.accept(word(table) + " " + name, String.valueOf(e.getMessage()));
            }
        }));
        changes.entrySet().removeIf(change -> statement(change.getValue())
                .equals(statement(definitions.stream(change.getKey()))));
        return new StreamReplacement(definitions, changes);
    }

    private static Optional<String> statement(Optional<StreamDefinition> definition) {
        return definition.map(StreamDefinition::statement);
    }

    /** Returns what a statement of a document makes of a name; fails if that is another one, or of another kind. */
    private StreamDefinition read(String name, String statement, boolean table) {
        StreamDefinition definition = createStatement(statement).definition();
        checkName(definition, name);
        Names.check(definition.kind().word(), name);
        if (isTable(definition) != table) {
            throw error(
                    StandardError.INVALID_STREAM,
                    "The statement creates a " + word(!table) + " and is among the " + word(table)
                            + "s of the document. Put it among the " + word(!table) + "s");
        }
        return definition;
    }

    private static void checkName(StreamDefinition definition, String name) {
        if (!definition.name().equals(name)) {
            throw error(
                    StandardError.INVALID_STREAM,
                    "The statement creates '" + definition.name() + "', but '" + name + "' is to be replaced. Use one"
                            + " name in both places");
        }
    }

    private StreamStatement.Create createStatement(String statement) {
        if (read(statement) instanceof StreamStatement.Create create) {
            return create;
        }
        throw error(
                StandardError.INVALID_STREAM,
                "A CREATE STREAM or CREATE TABLE statement is needed here, such as: CREATE STREAM demo () WITH"
                        + " (DATASOURCE = \"demo\", FORMAT = \"json\")");
    }

    private StreamDescription apply(StreamStatement.Create create) {
        StreamDefinition definition = create.definition();
        Names.check(definition.kind().word(), definition.name());
        synchronized (this) {
            StreamDefinition old = definitions.stream(definition.name()).orElse(null);
            if (old != null) {
                checkReplacement(old, create);
            }
            definitions.put(definition);
        }
        readers.streamChanged(definition.name());
        return describe(definition);
    }

    private void checkReplacement(StreamDefinition old, StreamStatement.Create create) {
        StreamDefinition definition = create.definition();
        String title = title(old);
        if (!create.orReplace()) {
            throw error(
                    StandardError.STREAM_EXISTS, title + " exists already. Drop it first, or use CREATE OR REPLACE");
        }
        if (isTable(old) != isTable(definition)) {
            throw error(
                    StandardError.STREAM_EXISTS,
                    title + " cannot become a " + definition.kind().word() + ". Drop it first");
        }
        String version = definition.options().get("VERSION").orElse("");
        String oldVersion = old.options().get("VERSION").orElse("");
        if (!version.isEmpty() && !oldVersion.isEmpty() && version.compareTo(oldVersion) <= 0) {
            throw error(
                    StandardError.STREAM_EXISTS,
                    title + " has version '" + oldVersion + "'; version '" + version + "' is not newer");
        }
        Catalog changed = definitions.with(Map.of(definition.name(), Optional.of(definition)));
        for (String rule : readers.readersOf(definition.name())) {
            readers.problem(rule, changed).ifPresent(problem -> {
                throw error(
                        StandardError.STREAM_IN_USE,
                        title + " is read by rule '" + rule + "', which does not go with the new definition: "
                                + problem);
            });
        }
    }

    @Override
    public List<StreamDescription> list(boolean tables) {
        return definitions.all().stream()
                .filter(stream -> isTable(stream) == tables)
                .map(Streams::describe)
                .toList();
    }

    @Override
    public StreamDescription get(String name, boolean table) {
        return describe(find(name, table));
    }

    @Override
    public void drop(String name, boolean table, boolean force) {
        synchronized (this) {
            find(name, table);
            List<String> rules = readers.readersOf(name);
            if (!rules.isEmpty() && !force) {
                throw error(
                        StandardError.STREAM_IN_USE,
                        title(word(table), name) + " is read by "
                                + (rules.size() == 1 ? "rule '" : "rules '") + String.join("', '", rules)
                                + "'. Delete " + (rules.size() == 1 ? "it" : "them")
                                + " first, or drop with force: then what reads it waits until it is back");
            }
            definitions.remove(name);
        }
        readers.streamChanged(name);
    }

    private StreamDefinition find(String name, boolean table) {
        return definitions.stream(name)
                .filter(stream -> isTable(stream) == table)
                .orElseThrow(() -> notFound(name, table));
    }

    private VarunaException notFound(String name, boolean table) {
        if (exists(name, !table)) {
            return error(
                    StandardError.STREAM_NOT_FOUND, "'" + name + "' is a " + word(!table) + ", not a " + word(table));
        }
        List<String> names = list(table).stream().map(StreamDescription::name).toList();
        return error(
                StandardError.STREAM_NOT_FOUND,
                "There is no " + word(table) + " '" + name + "'." + Suggestion.forName(name, names) + " There are: "
                        + Suggestion.list(names));
    }

    private boolean exists(String name, boolean table) {
        return definitions.stream(name)
                .filter(stream -> isTable(stream) == table)
                .isPresent();
    }

    private static StreamDescription describe(StreamDefinition stream) {
        return new StreamDescription(
                stream.name(), stream.kind(), stream.schema(), stream.options().values(), stream.statement());
    }

    private static boolean isTable(StreamDefinition stream) {
        return stream.kind() != StreamKind.STREAM;
    }

    private static String word(boolean table) {
        return table ? "table" : "stream";
    }

    private static String title(StreamDefinition stream) {
        return title(stream.kind().word(), stream.name());
    }

    private static String title(String word, String name) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + " " + name;
    }

    private static VarunaException error(ErrorCode code, String message) {
        return new VarunaException(code, message);
    }
}
