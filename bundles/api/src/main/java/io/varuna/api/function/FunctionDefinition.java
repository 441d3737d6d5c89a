package io.varuna.api.function;

import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A function: how it is called, what it returns, what it does, and how to make it. Immutable; made by a {@link Builder} or
 * from a method.
 */
public final class FunctionDefinition {
    private final String name;
    private final List<String> aliases;
    private final FunctionKind kind;
    private final String doc;
    private final List<Parameter> parameters;
    private final boolean variadic;
    private final boolean star;
    private final boolean calledOnNull;
    private final boolean deterministic;
    private final List<String> examples;
    private final ResultType result;
    private final ArgumentCheck check;
    private final Supplier<?> implementation;

    private FunctionDefinition(Builder builder) {
        this.name = builder.name;
        this.aliases = List.copyOf(builder.aliases);
        this.kind = builder.kind;
        this.doc = builder.doc;
        this.parameters = List.copyOf(builder.parameters);
        this.variadic = builder.variadic;
        this.star = builder.star;
        this.calledOnNull = builder.calledOnNull;
        this.deterministic = builder.deterministic;
        this.examples = List.copyOf(builder.examples);
        this.result = builder.result;
        this.check = builder.check;
        this.implementation = builder.implementation;
    }

    /** Starts the definition of a scalar function, for what a static method cannot express. */
    public static Builder scalar(String name, Supplier<? extends ScalarFunction> implementation) {
        return new Builder(name, FunctionKind.SCALAR, implementation);
    }

    public static Builder aggregate(String name, Supplier<? extends AggregateFunction<?>> implementation) {
        return new Builder(name, FunctionKind.AGGREGATE, implementation);
    }

    public static Builder analytic(String name, Supplier<? extends AnalyticFunction<?>> implementation) {
        return new Builder(name, FunctionKind.ANALYTIC, implementation);
    }

    public static Builder table(String name, Supplier<? extends TableFunction> implementation) {
        return new Builder(name, FunctionKind.TABLE, implementation);
    }

    /** Returns the functions that are made of the public static methods of {@code library} with {@link SqlFunction}. */
    public static List<FunctionDefinition> ofMethods(Class<?> library) {
        return MethodFunctions.of(library);
    }

    /** Returns the usual name, in lower case. */
    public String name() {
        return name;
    }

    /** Returns the other names. */
    public List<String> aliases() {
        return aliases;
    }

    public FunctionKind kind() {
        return kind;
    }

    /** Returns one sentence for the reference manual. */
    public String doc() {
        return doc;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Tells whether the last parameter takes any number of arguments, at least one unless it is optional. */
    public boolean variadic() {
        return variadic;
    }

    /** Tells whether {@code *} may be an argument; the function gets the whole row as a map. */
    public boolean star() {
        return star;
    }

    /** Tells whether the function is called with NULL arguments; otherwise the result is NULL then. */
    public boolean calledOnNull() {
        return calledOnNull;
    }

    public boolean deterministic() {
        return deterministic;
    }

    /** Returns SQL conditions that hold. */
    public List<String> examples() {
        return examples;
    }

    /** Returns the type of the result of a call whose arguments have no {@link #problem}. */
    public DataType resultType(List<Argument> arguments) {
        return result.of(arguments);
    }

    /** Returns what is wrong with the arguments of a call, or empty. */
    public Optional<String> problem(List<Argument> arguments) {
        String problem = Signatures.problem(this, arguments);
        return Optional.ofNullable(problem == null ? check.problem(arguments) : problem);
    }

    /** Returns the signature as the manual shows it, such as {@code substring(text STRING, start BIGINT [, end BIGINT])}. */
    public String signature() {
        return Signatures.text(this);
    }

    /** Makes the function: an object of the interface that belongs to the {@link #kind}. */
    public Object create() {
        return Objects.requireNonNull(implementation.get(), name);
    }

    @Override
    public String toString() {
        return signature();
    }

    /** Collects the parts of a definition. */
    public static final class Builder {
        private final String name;
        private final FunctionKind kind;
        private final Supplier<?> implementation;
        private final List<String> aliases = new ArrayList<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<String> examples = new ArrayList<>();
        private String doc = "";
        private boolean variadic;
        private boolean star;
        private boolean calledOnNull;
        private boolean deterministic = true;
        private ResultType result = arguments -> DataType.ANY;
        private ArgumentCheck check = arguments -> null;

        private Builder(String name, FunctionKind kind, Supplier<?> implementation) {
            this.name = Objects.requireNonNull(name, "name");
            this.kind = kind;
            this.implementation = Objects.requireNonNull(implementation, "implementation");
            // aggregates and the stateful kinds decide by themselves what a NULL means
            this.calledOnNull = kind != FunctionKind.SCALAR;
        }

        public Builder doc(String sentence) {
            this.doc = sentence;
            return this;
        }

        public Builder alias(String... names) {
            aliases.addAll(List.of(names));
            return this;
        }

        public Builder parameter(String parameter, DataType type) {
            return parameter(Parameter.of(parameter, type));
        }

        public Builder parameter(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        /** Lets the last parameter take any number of arguments. */
        public Builder variadic() {
            this.variadic = true;
            return this;
        }

        /** Lets {@code *} be an argument. */
        public Builder star() {
            this.star = true;
            return this;
        }

        public Builder calledOnNull(boolean called) {
            this.calledOnNull = called;
            return this;
        }

        public Builder notDeterministic() {
            this.deterministic = false;
            return this;
        }

        public Builder example(String... conditions) {
            examples.addAll(List.of(conditions));
            return this;
        }

        public Builder result(DataType type) {
            return result(arguments -> type);
        }

        public Builder result(ResultType type) {
            this.result = type;
            return this;
        }

        public Builder check(ArgumentCheck arguments) {
            this.check = arguments;
            return this;
        }

        public FunctionDefinition build() {
            return new FunctionDefinition(this);
        }
    }
}
