package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.Parameter;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Streams that statements declare, and functions that are never run. */
final class TestCatalog implements Catalog {
    private final Map<String, StreamDefinition> streams = new LinkedHashMap<>();
    private final List<FunctionDefinition> functions = new ArrayList<>();

    TestCatalog(String... statements) {
        SqlCompiler compiler = new SqlCompiler(this);
        for (String statement : statements) {
            if (compiler.statement(statement) instanceof StreamStatement.Create create) {
                streams.put(create.definition().name(), create.definition());
            }
        }
        Stream.of("avg", "sum", "max", "min")
                .map(name -> FunctionDefinition.aggregate(name, Fold::new)
                        .parameter(Parameter.number("x"))
                        .result(arguments -> name.equals("avg")
                                ? DataType.DOUBLE
                                : arguments.get(0).type())
                        .build())
                .forEach(functions::add);
        functions.add(FunctionDefinition.aggregate("count", Fold::new)
                .parameter("x", DataType.ANY)
                .star()
                .result(DataType.BIGINT)
                .build());
        functions.add(FunctionDefinition.aggregate("collect", Fold::new)
                .parameter("x", DataType.ANY)
                .star()
                .build());
        functions.add(FunctionDefinition.aggregate("deduplicate", Fold::new)
                .parameter("value", DataType.ANY)
                .parameter("all", DataType.BOOLEAN)
                .parameter(Parameter.of("row", DataType.ANY).asOptional())
                .build());
        functions.add(FunctionDefinition.analytic("lag", Remember::new)
                .parameter("x", DataType.ANY)
                .parameter(Parameter.of("offset", DataType.BIGINT).asOptional())
                .parameter(Parameter.of("default", DataType.ANY).asOptional())
                .build());
        functions.add(FunctionDefinition.analytic("changed_cols", Remember::new)
                .parameter("prefix", DataType.VARCHAR)
                .parameter("ignoreNull", DataType.BOOLEAN)
                .parameter("columns", DataType.ANY)
                .build());
        functions.add(FunctionDefinition.table("unnest", () -> (args, out) -> {})
                .parameter("list", DataType.ANY)
                .build());
        functions.add(FunctionDefinition.scalar("upper", () -> args -> null)
                .parameter("text", DataType.VARCHAR)
                .result(DataType.VARCHAR)
                .build());
        functions.add(FunctionDefinition.scalar("abs", () -> args -> null)
                .parameter(Parameter.number("x"))
                .build());
        functions.add(FunctionDefinition.scalar("cast", () -> args -> null)
                .parameter("x", DataType.ANY)
                .parameter("type", DataType.VARCHAR)
                .build());
    }

    @Override
    public Optional<StreamDefinition> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    @Override
    public Collection<String> streamNames() {
        return streams.keySet();
    }

    @Override
    public Optional<FunctionDefinition> function(String name) {
        return functions.stream()
                .filter(f -> f.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    @Override
    public Collection<String> functionNames() {
        return functions.stream().map(FunctionDefinition::name).toList();
    }

    private static final class Nothing implements State {
        @Override
        public void save(StateWriter out) {}

        @Override
        public void load(StateReader in) {}
    }

    private static final class Fold implements AggregateFunction<Nothing> {
        @Override
        public Nothing create() {
            return new Nothing();
        }

        @Override
        public void add(Nothing accumulator, Args args) {}

        @Override
        public void merge(Nothing accumulator, Nothing other) {}

        @Override
        public @Nullable Object result(Nothing accumulator) {
            return null;
        }
    }

    private static final class Remember implements AnalyticFunction<Nothing> {
        @Override
        public Nothing create() {
            return new Nothing();
        }

        @Override
        public @Nullable Object apply(Nothing state, Args args) {
            return null;
        }
    }
}
