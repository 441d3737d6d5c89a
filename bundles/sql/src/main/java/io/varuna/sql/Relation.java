package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.Expression;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowJoin;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** What stands behind a name in FROM. */
sealed interface Relation {
    /** Returns the columns that are known; open where there are more. */
    Schema schema();

    StreamKind kind();

    /** Returns it for people, such as {@code stream 'demo'}. */
    String describe();

    /** Returns the type of a column, empty where there is none. */
    default Optional<DataType> type(String column) {
        if (column.equals(Source.RECORD)) {
            return Optional.of(DataType.struct(schema()));
        }
        int index = schema().indexOf(column);
        if (index >= 0) {
            return Optional.of(schema().columns().get(index).type());
        }
        return schema().open() ? Optional.of(DataType.ANY) : Optional.empty();
    }

    /** Returns what becomes of a value that a column does not have, where the column is put out as it is. */
    default Presence presence(String column) {
        return Presence.AS_IS;
    }

    /** Tells whether its rows come as results of windows. */
    default boolean gathers() {
        return false;
    }

    /** A stream or table. */
    record Declared(StreamDefinition definition) implements Relation {
        @Override
        public Schema schema() {
            return definition.schema();
        }

        @Override
        public StreamKind kind() {
            return definition.kind();
        }

        @Override
        public String describe() {
            return definition.kind().word() + " '" + definition.name() + "'";
        }

        @Override
        public Optional<DataType> type(String column) {
            return column.equals(Source.METADATA)
                    ? Optional.of(DataType.struct(Schema.OPEN))
                    : Relation.super.type(column);
        }
    }

    /** The row for which a query in an expression is asked. */
    record Outer(OuterColumns columns) implements Relation {
        @Override
        public Schema schema() {
            return columns.schema();
        }

        @Override
        public StreamKind kind() {
            return StreamKind.STREAM;
        }

        @Override
        public String describe() {
            return "the query around";
        }
    }

    /**
     * The rows that a query in an expression looks at.
     *
     * @param name under which they are gathered
     * @param source that of the query around which has them
     */
    record Gathered(String name, Source source) implements Relation {
        @Override
        public Schema schema() {
            return source.schema();
        }

        @Override
        public StreamKind kind() {
            return source.relation().kind();
        }

        @Override
        public String describe() {
            return source.relation().describe();
        }

        @Override
        public Optional<DataType> type(String column) {
            return source.relation().type(column);
        }
    }

    /**
     * The elements of a list that a row has, in one column.
     *
     * @param list as written, in terms of the sources before
     */
    record Unnested(FunctionDefinition function, SqlNode list, String column) implements Relation {
        @Override
        public Schema schema() {
            return Schema.of(new Column(column, DataType.ANY));
        }

        @Override
        public StreamKind kind() {
            return StreamKind.SCAN_TABLE;
        }

        @Override
        public String describe() {
            return "UNNEST";
        }

        @Override
        public Optional<DataType> type(String name) {
            return name.equals(column) ? Optional.of(DataType.ANY) : Optional.empty();
        }
    }

    /**
     * The rows of a query.
     *
     * @param name as FROM or WITH names it; empty for none
     */
    record Derived(String name, RulePlan plan, DerivedColumns columns) implements Relation {
        Derived(String name, RulePlan plan) {
            this(name, plan, new DerivedColumns(plan.root()));
        }

        @Override
        public Schema schema() {
            return columns.schema();
        }

        @Override
        public StreamKind kind() {
            return StreamKind.STREAM;
        }

        @Override
        public String describe() {
            return name.isEmpty() ? "the query in FROM" : "the query '" + name + "'";
        }

        @Override
        public Presence presence(String column) {
            return columns.presence(column);
        }

        @Override
        public boolean gathers() {
            return gathers(plan.root());
        }

        private static boolean gathers(PlanNode node) {
            return node instanceof Window
                    || node instanceof WindowAggregate
                    || (node instanceof WindowJoin join && join.window() != null)
                    || node.inputs().stream().anyMatch(Derived::gathers);
        }

        /** Returns columns in terms of the rows that the plan hands to its output. */
        List<Expression> expressions(Iterable<String> names) {
            return columns.expressions(names);
        }
    }
}
