package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.RulePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The queries that FROM of one query can read. */
final class Subqueries {
    private final QueryCompiler compiler;
    private final NamedQueries named;

    Subqueries(QueryCompiler compiler, NamedQueries named) {
        this.compiler = compiler;
        this.named = named;
    }

    NamedQueries named() {
        return named;
    }

    RulePlan compile(SqlNode query, StatementText text) {
        return ordered(compiler.compile(query, named, null), query, text);
    }

    /** Compiles a query that stands in an expression. */
    RulePlan compile(SqlNode query, ValueQueries.Enclosing enclosing) {
        return compiler.compile(query, named, enclosing);
    }

    /** Returns a name that nothing else in the statement has which is gathered for queries in expressions. */
    String gatheredName(String name) {
        return compiler.gatheredName(name);
    }

    /** Refuses a query whose rows come in another order than that of their times, which the other query relies on. */
    static RulePlan ordered(RulePlan plan, SqlNode query, StatementText text) {
        if (WaitingCalls.reorders(plan.root())) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "'dedup_trigger' changes the order of rows and can be in the outermost query only",
                    query);
        }
        return plan;
    }

    /** Writes a query of a list, FROM and, where there is one, a condition. */
    static SqlNode select(SqlParserPos position, SqlNodeList items, SqlNode from, @Nullable SqlNode where) {
        return new SqlSelect(
                position,
                SqlNodeList.EMPTY,
                items,
                from,
                where,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                SqlNodeList.EMPTY);
    }

    /** Returns the plan with other names of its columns, if there are any. */
    static RulePlan renamed(RulePlan plan, @Nullable SqlNodeList names, StatementText text) {
        if (names == null) {
            return plan;
        }
        List<OutputColumn> columns = plan.root().columns();
        if (columns.stream().anyMatch(column -> column.presence() == Presence.SPREAD)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The columns cannot be named here, because how many '*' stands for is not known. Name them in SELECT",
                    names);
        }
        if (columns.size() != names.size()) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The query has " + columns.size() + (columns.size() == 1 ? " column" : " columns")
                            + ", but as many as " + names.size() + " names are given",
                    names);
        }
        List<OutputColumn> renamed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlIdentifier name = (SqlIdentifier) names.get(i);
            if (!seen.add(name.getSimple())) {
                throw text.error(
                        StandardError.DUPLICATE_COLUMN, "Two columns have the name '" + name.getSimple() + "'", name);
            }
            OutputColumn column = columns.get(i);
            renamed.add(new OutputColumn(name.getSimple(), column.index(), column.presence()));
        }
        Output root = new Output(plan.root().input(), renamed);
        return new RulePlan(plan.dialect(), root, plan.streams(), plan.functions());
    }
}
