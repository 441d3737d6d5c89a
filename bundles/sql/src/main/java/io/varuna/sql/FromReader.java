package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Catalog;
import io.varuna.plan.JoinKind;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads FROM. */
final class FromReader {
    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;
    private final Subqueries subqueries;
    private final boolean eventTime;
    private final TableWindows windows;

    /**
     * Creates the reader.
     *
     * @param groups what the query groups by; null if nothing
     */
    FromReader(
            Catalog catalog,
            boolean eventTime,
            @Nullable SqlNodeList groups,
            StatementText text,
            Calls calls,
            Subqueries subqueries) {
        this.catalog = catalog;
        this.eventTime = eventTime;
        this.text = text;
        this.calls = calls;
        this.subqueries = subqueries;
        this.windows = new TableWindows(groups, text, calls);
    }

    /** FROM: sources, and, for each after the first, how it is joined to those before. */
    record From(List<Source> sources, List<Step> steps) {}

    /**
     * A join to what stands before.
     *
     * @param condition as written; null where everything matches
     * @param shared columns of both sides that are one in the result, as USING has it
     */
    record Step(JoinKind kind, @Nullable SqlNode condition, SqlNode node, List<SqlIdentifier> shared) {
        Step {
            shared = List.copyOf(shared);
        }
    }

    From read(SqlNode from) {
        List<Source> sources = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        read(from, sources, steps);
        checkUnnested(sources, steps);
        if (!sources.get(0).isStream()) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "'" + sources.get(0).alias() + "' is a table. A rule reads a stream, to which tables can be joined",
                    from);
        }
        return new From(sources, steps);
    }

    /** Reads FROM of a query in an expression, which looks at one stream or table. */
    Source readOne(SqlNode from, Gathering gathering) {
        SqlNode named = from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        if (!(named instanceof SqlIdentifier)) {
            throw calls.unsupported(
                    "A query that stands for a value reads one stream or table by its name, or by one of WITH", from);
        }
        Source source = source(from, null, null);
        return source.isLookupTable()
                ? source
                : new Source(source.alias(), gathering.look(named.toString(), source.relation(), named), null);
    }

    private void read(SqlNode from, List<Source> sources, List<Step> steps) {
        if (!(from instanceof SqlJoin join)) {
            add(source(from, null, null), from, sources);
            return;
        }
        read(join.getLeft(), sources, steps);
        if (join.getRight() instanceof SqlJoin) {
            throw calls.unsupported(
                    "A join in parentheses is not supported. Write one after the other", join.getRight());
        }
        JoinKind kind =
                switch (join.getJoinType()) {
                    case INNER -> JoinKind.INNER;
                    case LEFT -> JoinKind.LEFT;
                    case RIGHT -> JoinKind.RIGHT;
                    case FULL -> JoinKind.FULL;
                    case CROSS, COMMA -> JoinKind.CROSS;
                    default -> throw calls.unsupported(
                            "This kind of join is not supported. There are INNER, LEFT, RIGHT, FULL and CROSS", join);
                };
        Optional<Source> unnested = unnested(join, kind);
        if (unnested.isPresent()) {
            add(unnested.get(), join.getRight(), sources);
            steps.add(new Step(JoinKind.INNER, null, join.getRight(), List.of()));
            return;
        }
        Source right = source(join.getRight(), null, null);
        SharedColumns columns = new SharedColumns(sources, right, text);
        List<SqlIdentifier> shared = columns.of(join);
        SqlNode condition = shared.isEmpty() ? join.getCondition() : columns.equal(shared);
        if (kind == JoinKind.CROSS && condition != null) {
            throw text.error(
                    StandardError.SYNTAX_ERROR, "A CROSS JOIN takes no ON. Write INNER JOIN, or remove ON", condition);
        }
        add(right, join.getRight(), sources);
        steps.add(new Step(kind, condition, join.getRight(), shared));
    }

    /** Reads UNNEST(list) AS t (item) as the right side of a join. */
    private Optional<Source> unnested(SqlJoin join, JoinKind kind) {
        if (join.getRight().getKind() != SqlKind.AS) {
            return Optional.empty();
        }
        List<SqlNode> as = ((SqlCall) join.getRight()).getOperandList();
        // the grammar of the rule dialect takes it for any table function
        SqlNode function =
                as.get(0).getKind() == SqlKind.COLLECTION_TABLE ? ((SqlCall) as.get(0)).operand(0) : as.get(0);
        if (!(function instanceof SqlCall call) || !isUnnest(call)) {
            return Optional.empty();
        }
        boolean always =
                join.getCondition() instanceof SqlLiteral condition && Boolean.TRUE.equals(condition.getValue());
        if (kind != JoinKind.CROSS && !(kind == JoinKind.INNER && always)) {
            throw calls.unsupported(
                    "UNNEST is joined by CROSS JOIN: a row whose list is empty has no elements. Put conditions into WHERE",
                    join.getCondition() == null ? call : join.getCondition());
        }
        boolean numbered = call.getOperator() instanceof SqlUnnestOperator operator && operator.withOrdinality;
        if (numbered || call.operandCount() != 1) {
            throw calls.unsupported("UNNEST takes one list, without ORDINALITY: UNNEST(demo.list) AS t (item)", call);
        }
        if (as.size() != 3) {
            throw calls.unsupported(
                    "UNNEST has one column, the elements, whose members are item.name. Write UNNEST("
                            + text.at(call.operand(0)) + ") AS " + as.get(1) + " (item)",
                    join.getRight());
        }
        FunctionDefinition elements = new KnownFunctions(catalog, text, calls).named("unnest", call);
        String column = ((SqlIdentifier) as.get(2)).getSimple();
        String alias = ((SqlIdentifier) as.get(1)).getSimple();
        return Optional.of(new Source(alias, new Relation.Unnested(elements, call.operand(0), column), null));
    }

    private static boolean isUnnest(SqlCall call) {
        return call.getKind() == SqlKind.UNNEST || call.getOperator().getName().equalsIgnoreCase("unnest");
    }

    /** Lists are those of one row, before it meets others. */
    private void checkUnnested(List<Source> sources, List<Step> steps) {
        long meeting = sources.stream()
                .filter(source -> !source.isUnnested() && !source.isLookupTable())
                .count();
        for (int i = 0; i < steps.size() && meeting > 1; i++) {
            if (sources.get(i + 1).isUnnested()) {
                throw calls.unsupported(
                        "UNNEST takes lists of one stream, not of a join. Put one of them into a query in FROM",
                        steps.get(i).node());
            }
        }
    }

    private void add(Source source, SqlNode node, List<Source> sources) {
        if (sources.stream().anyMatch(other -> other.alias().equals(source.alias()))) {
            throw text.error(
                    StandardError.COLUMN_AMBIGUOUS,
                    "'" + source.alias() + "' is twice in FROM. Give one another name with AS",
                    node);
        }
        sources.add(source);
    }

    private Source source(SqlNode node, @Nullable String alias, @Nullable SqlNodeList columns) {
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            List<SqlNode> names = Calls.rest(as.getOperandList(), 2);
            SqlIdentifier name = as.operand(1);
            return source(
                    as.operand(0),
                    name.getSimple(),
                    names.isEmpty()
                            ? null
                            : new SqlNodeList(
                                    names,
                                    SqlParserPos.sum(List.of(
                                            names.get(0).getParserPosition(),
                                            names.get(names.size() - 1).getParserPosition()))));
        }
        if (node.getKind() == SqlKind.COLLECTION_TABLE) {
            return windowed(((SqlCall) node).operand(0), alias, columns);
        }
        return new Source(name(node, alias), relation(node, alias, columns), null);
    }

    /** Returns the name of a source, which is that of its stream if it has no other. */
    private static String name(SqlNode node, @Nullable String alias) {
        if (alias != null) {
            return alias;
        }
        // no name that can be written stands for a query without one
        return node instanceof SqlIdentifier identifier ? String.join(".", identifier.names) : "$query";
    }

    private Relation relation(SqlNode node, @Nullable String alias, @Nullable SqlNodeList columns) {
        if (node instanceof SqlIdentifier identifier) {
            return named(identifier, columns);
        }
        if (node.isA(SqlKind.QUERY) && node.getKind() != SqlKind.VALUES) {
            RulePlan plan = Subqueries.renamed(subqueries.compile(node, text), columns, text);
            return new Relation.Derived(alias == null ? "" : alias, plan);
        }
        if (node instanceof SqlMatchRecognize match) {
            Source matched = source(match.getTableRef(), null, null);
            RulePlan plan = new MatchReader(catalog, matched, eventTime, text, calls).read(match);
            return new Relation.Derived(alias == null ? "" : alias, Subqueries.renamed(plan, columns, text));
        }
        throw calls.unsupported(UnsupportedQueries.insteadInFrom(node.getKind()), node);
    }

    private Relation named(SqlIdentifier identifier, @Nullable SqlNodeList columns) {
        String name = String.join(".", identifier.names);
        Optional<NamedQueries.NamedQuery> query = subqueries.named().get(name);
        if (query.isPresent()) {
            RulePlan read = Subqueries.ordered(query.get().plan(), identifier, text);
            RulePlan plan = Subqueries.renamed(read, query.get().columns(), text);
            return new Relation.Derived(name, Subqueries.renamed(plan, columns, text));
        }
        StreamDefinition definition = catalog.stream(name).orElseThrow(() -> {
            List<String> known = new ArrayList<>(subqueries.named().names());
            known.addAll(catalog.streamNames());
            return text.error(
                    StandardError.STREAM_NOT_FOUND,
                    "There is no stream '" + name + "'" + StatementText.suggest(name, known, "The streams are"),
                    identifier);
        });
        if (columns != null) {
            throw calls.unsupported(
                    "New names for the columns of a stream are not supported. Use AS in SELECT", columns);
        }
        return new Relation.Declared(definition);
    }

    /** Reads a stream or query with its window: TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND). */
    private Source windowed(SqlCall call, @Nullable String alias, @Nullable SqlNodeList columns) {
        if (isUnnest(call)) {
            throw calls.unsupported(UnsupportedQueries.insteadInFrom(SqlKind.UNNEST), call);
        }
        TableWindows.TableWindow window = windows.read(call);
        SqlNode table = window.table();
        Source source = new Source(name(table, alias), relation(table, alias, columns), window.spec());
        windows.checkTime(window, source);
        return source;
    }

    /** Returns FROM as Calcite sees it: tables, by the aliases of the sources, joined by conditions. */
    static SqlNode from(
            List<Source> sources, List<Step> steps, List<@Nullable SqlNode> conditions, SqlParserPos position) {
        SqlNode from = table(0, sources.get(0), position);
        for (int i = 0; i < steps.size(); i++) {
            SqlNode condition = conditions.get(i);
            JoinType type =
                    switch (steps.get(i).kind()) {
                        case INNER -> JoinType.INNER;
                        case LEFT -> JoinType.LEFT;
                        case RIGHT -> JoinType.RIGHT;
                        case FULL -> JoinType.FULL;
                        case CROSS -> JoinType.CROSS;
                    };
            from = new SqlJoin(
                    position,
                    from,
                    SqlLiteral.createBoolean(false, position),
                    type.symbol(position),
                    table(i + 1, sources.get(i + 1), position),
                    (condition == null ? JoinConditionType.NONE : JoinConditionType.ON).symbol(position),
                    condition);
        }
        return from;
    }

    private static SqlNode table(int number, Source source, SqlParserPos position) {
        return SqlStdOperatorTable.AS.createCall(
                position, new SqlIdentifier("$source" + number, position), new SqlIdentifier(source.alias(), position));
    }
}
