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
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
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

    Collection<StreamDefinition> all() {
        return streams.values();
    }

    /** Returns what the names would stand for if one stream were another, or were not there. */
    Catalog with(String name, @Nullable StreamDefinition replacement) {
        return new Catalog() {
            @Override
            public Optional<StreamDefinition> stream(String asked) {
                return asked.equals(name) ? Optional.ofNullable(replacement) : Definitions.this.stream(asked);
            }

            @Override
            public Collection<String> streamNames() {
                return Definitions.this.streamNames();
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
