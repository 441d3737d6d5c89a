package io.varuna.runtime.stream;

import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Catalog;
import io.varuna.plan.PlanCodec;
import io.varuna.plan.StreamDefinition;
import io.varuna.runtime.store.StoredStream;
import io.varuna.runtime.store.Table;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams and tables that there are, and the functions: what names in statements stand for. Thread-safe. */
public final class Definitions implements Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

    private final Table<StoredStream> table;
    private final FunctionTable functions;
    private final ConcurrentNavigableMap<String, StreamDefinition> streams = new ConcurrentSkipListMap<>();

    private Definitions(Table<StoredStream> table, FunctionTable functions) {
        this.table = table;
        this.functions = functions;
    }

    /** Reads what is in the store. A definition that cannot be used any more is reported and left there. */
    public static Definitions load(Table<StoredStream> table, FunctionTable functions) {
        Definitions definitions = new Definitions(table, functions);
        for (String name : table.names()) {
            try {
                table.get(name).ifPresent(stored -> definitions.streams.put(name, definitions.read(stored)));
            } catch (VarunaException e) {
                LOG.error("Stream '{}' is stored in a form that is not understood: {}", name, e.getMessage());
            }
        }
        return definitions;
    }

    private StreamDefinition read(StoredStream stored) {
        try {
            return PlanCodec.readStream(stored.definition());
        } catch (IOException e) {
            // written by another version: the text is what counts
            LOG.debug("A stream is compiled anew: {}", e.getMessage());
        }
        if (new SqlCompiler(this).statement(stored.statement()) instanceof StreamStatement.Create create) {
            return create.definition();
        }
        throw new IllegalStateException("not a CREATE statement: " + stored.statement());
    }

    void put(StreamDefinition definition) {
        if (definition.options().temporary()) {
            table.remove(definition.name());
        } else {
            table.put(definition.name(), new StoredStream(definition.statement(), PlanCodec.write(definition)));
        }
        streams.put(definition.name(), definition);
    }

    void remove(String name) {
        table.remove(name);
        streams.remove(name);
    }

    /** Makes streams what they were, those first that rules read: the store, which may be at fault, comes after that. */
    void putBack(Map<String, Optional<StreamDefinition>> former) {
        former.forEach((name, definition) ->
                definition.ifPresentOrElse(stream -> streams.put(name, stream), () -> streams.remove(name)));
        former.forEach((name, definition) -> definition.ifPresentOrElse(this::put, () -> remove(name)));
    }

    Collection<StreamDefinition> all() {
        return streams.values();
    }

    /**
     * Returns what the names would stand for if some streams were others, or were not there.
     *
     * @param replacements by name; empty for those that were not there
     */
    Catalog with(Map<String, Optional<StreamDefinition>> replacements) {
        return new Catalog() {
            @Override
            public Optional<StreamDefinition> stream(String asked) {
                Optional<StreamDefinition> replacement = replacements.get(asked);
                return replacement == null ? Definitions.this.stream(asked) : replacement;
            }

            @Override
            public Collection<String> streamNames() {
                Set<String> names = new TreeSet<>(Definitions.this.streamNames());
                names.addAll(replacements.keySet());
                names.removeIf(name -> stream(name).isEmpty());
                return names;
            }

            @Override
            public Optional<FunctionDefinition> function(String asked) {
                return Definitions.this.function(asked);
            }

            @Override
            public Collection<String> functionNames() {
                return Definitions.this.functionNames();
            }
        };
    }

    @Override
    public Optional<StreamDefinition> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    @Override
    public Collection<String> streamNames() {
        return List.copyOf(streams.keySet());
    }

    @Override
    public Optional<FunctionDefinition> function(String name) {
        return functions.function(name);
    }

    @Override
    public Collection<String> functionNames() {
        return functions.names();
    }
}
