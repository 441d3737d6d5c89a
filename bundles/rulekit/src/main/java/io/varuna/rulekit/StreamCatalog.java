package io.varuna.rulekit;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Catalog;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streams that statements create, and functions: what a rule can refer to, and a compiler that refers to it. */
public final class StreamCatalog implements Catalog, Statements {
    private final Map<String, StreamDefinition> streams = new LinkedHashMap<>();
    private final FunctionTable functions;
    private final SqlCompiler compiler = new SqlCompiler(this);

    /** Creates a catalogue without streams. */
    public StreamCatalog(FunctionTable functions) {
        this.functions = functions;
    }

    public SqlCompiler compiler() {
        return compiler;
    }

    /** Carries out a CREATE or DROP statement, and says nothing about it. */
    @Override
    public String execute(String statement) {
        StreamStatement parsed = compiler.statement(statement);
        if (parsed instanceof StreamStatement.Create create) {
            StreamDefinition definition = create.definition();
            if (create.orReplace()) {
                streams.put(definition.name(), definition);
            } else if (streams.putIfAbsent(definition.name(), definition) != null && !create.ifNotExists()) {
                throw new VarunaException(
                        StandardError.STREAM_EXISTS, "There is a stream '" + definition.name() + "' already");
            }
        } else if (parsed instanceof StreamStatement.Drop drop) {
            streams.remove(drop.name());
        } else {
            throw new IllegalArgumentException("Only CREATE and DROP are carried out here: " + statement);
        }
        return "";
    }

    @Override
    public Catalog catalog() {
        return this;
    }

    @Override
    public void restart() {
        // there is no store that could forget
    }

    @Override
    public void close() {
        // nor is there anything to close
    }

    /** Returns the streams that a plan reads. */
    public List<StreamDefinition> read(RulePlan plan) {
        return plan.streams().stream().map(name -> streams.get(name)).toList();
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
