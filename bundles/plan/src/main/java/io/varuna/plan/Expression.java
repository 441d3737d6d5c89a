package io.varuna.plan;

import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value computed from a row. */
public sealed interface Expression {
    /** Returns the type of the values; ANY where only the data will tell. */
    DataType type();

    /**
     * A constant.
     *
     * @param value of the Java class of the type; null for NULL
     */
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public String toString() {
            return ExpressionText.literal(value);
        }
    }

    /**
     * A column of the input row.
     *
     * @param index its position
     * @param name for people; the position counts
     */
    record InputColumn(int index, String name, DataType type) implements Expression {
        @Override
        public String toString() {
            return ExpressionText.name(name);
        }
    }

    /** An operator on values. What it does with NULL depends on the dialect of the plan. */
    record Operation(Operator operator, List<Expression> operands, DataType type) implements Expression {
        public Operation {
            operands = List.copyOf(operands);
        }

        @Override
        public String toString() {
            return ExpressionText.operation(this);
        }
    }

    /** A call of a scalar function, bound by name when the plan is run. */
    record FunctionCall(String function, List<Expression> arguments, DataType type) implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return ExpressionText.call(function, arguments);
        }
    }

    /** A value of the surroundings. */
    record ContextValue(Kind kind) implements Expression {
        /** What the surroundings know. */
        public enum Kind {
            /** The id of the rule, a text. */
            RULE_ID,
            /** When the rule was started, in milliseconds since the epoch. */
            RULE_START,
            /** The timestamp of the row, in milliseconds since the epoch. */
            EVENT_TIME,
            /** How often the condition in which this stands was true before; in a projection, how many rows there were. */
            LAST_HIT_COUNT,
            /** The timestamp of the last such row, in milliseconds since the epoch; 0 if there was none. */
            LAST_HIT_TIME,
            /** The variable that the row is one of in a {@link MatchRecognize}, a text. */
            CLASSIFIER,
            /** The number of the match in its partition, from 1 on. */
            MATCH_NUMBER
        }

        @Override
        public DataType type() {
            return kind == Kind.RULE_ID || kind == Kind.CLASSIFIER ? DataType.VARCHAR : DataType.BIGINT;
        }

        @Override
        public String toString() {
            return ExpressionText.call(kind.name().toLowerCase(java.util.Locale.ROOT), Collections.emptyList());
        }
    }

    /**
     * The value of an expression on another row, in a {@link MatchRecognize}; NULL where there is no such row.
     *
     * @param variables whose rows are counted; empty for all rows of the match
     * @param first whether they are counted from the first on, otherwise from the last back
     * @param offset how many of them are passed over
     * @param back how many rows of the partition to go back from there
     * @param whole whether all rows of the match count, otherwise those up to the row at hand
     */
    record RowValue(Expression value, List<String> variables, boolean first, int offset, int back, boolean whole)
            implements Expression {
        public RowValue {
            variables = List.copyOf(variables);
        }

        @Override
        public DataType type() {
            return value.type();
        }

        /** Tells whether the row is found by going back from the one at hand, whatever variables the rows are of. */
        public boolean isNearby() {
            return variables.isEmpty() && !first && offset == 0 && !whole;
        }

        @Override
        public String toString() {
            return ExpressionText.rowValue(this);
        }
    }

    /**
     * An aggregate over rows of a match, in a {@link MatchRecognize}.
     *
     * @param variables whose rows count; empty for all rows of the match
     * @param whole whether all rows of the match count, otherwise those up to the row at hand
     */
    record MatchAggregate(AggregateCall call, List<String> variables, boolean whole) implements Expression {
        public MatchAggregate {
            variables = List.copyOf(variables);
        }

        @Override
        public DataType type() {
            return call.type();
        }

        @Override
        public String toString() {
            return (whole ? "FINAL " : "") + call + (variables.isEmpty() ? "" : " OF " + String.join(", ", variables));
        }
    }

    /**
     * What a query gives for a row.
     *
     * @param plan made for each row anew, from the {@link OuterRow} at its bottom
     * @param parameters the values of that row, over the row for which this is evaluated
     */
    record Subquery(Result result, Output plan, List<Expression> parameters, DataType type) implements Expression {
        /** What of the result is the value. */
        public enum Result {
            /** Whether there is any row. */
            EXISTS,
            /** The first column of the only row; NULL if there is none. */
            VALUE,
            /** The first column of all rows, a list. */
            LIST
        }

        public Subquery {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String toString() {
            return ExpressionText.subquery(this);
        }
    }

    /** Returns the expressions that this one is made of. */
    default List<Expression> children() {
        if (this instanceof Operation operation) {
            return operation.operands();
        }
        if (this instanceof FunctionCall call) {
            return call.arguments();
        }
        if (this instanceof RowValue other) {
            return List.of(other.value());
        }
        if (this instanceof MatchAggregate aggregate) {
            return aggregate.call().arguments();
        }
        if (this instanceof Subquery query) {
            return query.parameters();
        }
        return List.of();
    }

    /** Returns the positions of the input columns that the expressions read, each once, in ascending order. */
    static List<Integer> inputs(Iterable<? extends Expression> expressions) {
        java.util.TreeSet<Integer> found = new java.util.TreeSet<>();
        List<Expression> open = new ArrayList<>();
        expressions.forEach(open::add);
        while (!open.isEmpty()) {
            Expression expression = open.remove(open.size() - 1);
            if (expression instanceof InputColumn column) {
                found.add(column.index());
            }
            open.addAll(expression.children());
        }
        return List.copyOf(found);
    }
}
