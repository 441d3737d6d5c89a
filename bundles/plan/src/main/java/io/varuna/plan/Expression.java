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
            LAST_HIT_TIME
        }

        @Override
        public DataType type() {
            return kind == Kind.RULE_ID ? DataType.VARCHAR : DataType.BIGINT;
        }

        @Override
        public String toString() {
            return ExpressionText.call(kind.name().toLowerCase(java.util.Locale.ROOT), Collections.emptyList());
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
