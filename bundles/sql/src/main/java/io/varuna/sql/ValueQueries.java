package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Expression.Subquery;
import io.varuna.plan.Operator;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.RulePlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites queries that stand in expressions: EXISTS, IN, and queries that give a value. */
final class ValueQueries {
    private final Subqueries subqueries;
    private final Gathering gathering;
    private final Scope scope;
    private final StatementText text;
    private final Calls calls;
    private final List<RulePlan> plans = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();

    ValueQueries(Subqueries subqueries, Gathering gathering, Scope scope, StatementText text, Calls calls) {
        this.subqueries = subqueries;
        this.gathering = gathering;
        this.scope = scope;
        this.text = text;
        this.calls = calls;
    }

    /** A query that was met before, as happens where an alias stands for it. */
    private record Known(SqlNode query, int item, SqlNode rewritten) {}

    /**
     * What a query in an expression knows of its place.
     *
     * @param gathering what it may look at
     * @param result what is wanted of it
     * @param tested the value that IN looks for in its column, where only rows that have it are of interest
     */
    record Enclosing(OuterColumns columns, Gathering gathering, Subquery.Result result, @Nullable SqlNode tested) {}

    /** Returns the plans of the queries. */
    List<RulePlan> plans() {
        return plans;
    }

    /** Rewrites EXISTS, or a query by itself. */
    SqlNode rewrite(SqlCall call, int item, ExpressionRewriter expressions) {
        boolean wrapped = call.getKind() == SqlKind.EXISTS || call.getKind() == SqlKind.SCALAR_QUERY;
        SqlNode query = wrapped ? call.operand(0) : call;
        Subquery.Result result = call.getKind() == SqlKind.EXISTS ? Subquery.Result.EXISTS : Subquery.Result.VALUE;
        for (Known met : known) {
            if (met.query() == call && met.item() == item) {
                return met.rewritten();
            }
        }
        OuterColumns outer = new OuterColumns(scope, item, expressions);
        SqlNode rewritten = query(query, outer, result, null, call.getParserPosition());
        known.add(new Known(call, item, rewritten));
        return rewritten;
    }

    /** Rewrites a query of which all values are wanted. */
    SqlNode list(SqlNode query, SqlParserPos position, int item, ExpressionRewriter expressions) {
        return query(query, new OuterColumns(scope, item, expressions), Subquery.Result.LIST, null, position);
    }

    /** Rewrites IN and, if it is not positive, NOT IN with a query. */
    SqlNode in(
            SqlNode sought,
            SqlNode query,
            boolean positive,
            SqlParserPos position,
            int item,
            ExpressionRewriter expressions) {
        OuterColumns outer = new OuterColumns(scope, item, expressions);
        SqlNode value = expressions.rewrite(sought, item);
        SqlNode list = query(query, outer, Subquery.Result.LIST, value, position);
        SqlNode in = calls.apply(positive ? Operator.IN_LIST : Operator.NOT_IN_LIST, position, value, list);
        if (!(OpaqueOperator.meaning(list) instanceof Meaning.Query asked) || !asked.asked()) {
            return in;
        }
        // a table that was not asked because the value is unknown may have it or not
        return calls.apply(
                Operator.CASE,
                position,
                calls.apply(Operator.IS_NULL, position, value),
                calls.cast(calls.nothing(position), DataType.BOOLEAN, position),
                in);
    }

    private SqlNode query(
            SqlNode query,
            OuterColumns outer,
            Subquery.Result result,
            @Nullable SqlNode tested,
            SqlParserPos position) {
        Enclosing enclosing = new Enclosing(outer, gathering, result, tested);
        RulePlan plan = subqueries.compile(query, enclosing);
        List<OutputColumn> columns = plan.root().columns();
        if (result != Subquery.Result.EXISTS && columns.size() != 1) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "A query that stands for a value has one column, this one has " + columns.size(),
                    query);
        }
        plans.add(plan);
        Column column = plan.root().output().get(0);
        DataType type =
                switch (result) {
                    case EXISTS -> DataType.BOOLEAN;
                    case VALUE -> column.type();
                    case LIST -> DataType.array(column.type());
                };
        return calls.query(new Meaning.Query(result, plan.root(), plans.size()), type, outer.values(), position);
    }
}
