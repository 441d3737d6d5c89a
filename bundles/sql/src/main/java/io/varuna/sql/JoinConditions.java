package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Rewrites and checks the conditions of joins. */
final class JoinConditions {
    private final Scope scope;
    private final StatementText text;
    private final Calls calls;
    private final boolean eventTime;
    private final boolean windowed;
    private boolean byTime;

    /** Creates the rewriting; without a window, rows of streams can meet by their times. */
    JoinConditions(Scope scope, StatementText text, Calls calls, boolean eventTime, boolean windowed) {
        this.eventTime = eventTime;
        this.windowed = windowed;
        this.scope = scope;
        this.text = text;
        this.calls = calls;
    }

    /**
     * Returns the conditions of the steps; null where everything matches.
     *
     * @param aliases which aliases ON can see
     */
    List<@Nullable SqlNode> rewrite(List<FromReader.Step> steps, ExpressionRewriter expressions, int aliases) {
        List<@Nullable SqlNode> conditions = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            FromReader.Step step = steps.get(i);
            Source joined = scope.sources().get(i + 1);
            if (joined.relation() instanceof Relation.Unnested unnested) {
                conditions.add(unnest(unnested, joined, i + 1, expressions));
                continue;
            }
            Optional<IntervalConditions.Found> interval = windowed ? Optional.empty() : interval(step, i + 1);
            SqlNode written = interval.isPresent() ? Calls.and(interval.get().rest()) : step.condition();
            SqlNode condition = written == null ? null : expressions.rewrite(written, aliases);
            if (condition != null) {
                calls.queryless("ON", condition);
            }
            if (condition != null && Content.hasAggregate(condition)) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "ON sees pairs of rows and cannot take an aggregate function. Use HAVING",
                        condition);
            }
            if (joined.isLookupTable()) {
                checkLookup(step, joined, condition);
            } else if (condition != null) {
                checkNoLookup(condition);
            }
            if (condition == null && step.kind() != JoinKind.CROSS) {
                condition = calls.constant(true, DataType.BOOLEAN, step.node().getParserPosition());
            }
            SqlNode truth = condition == null ? null : calls.truth("ON", condition);
            conditions.add(
                    truth != null && interval.isPresent()
                            ? Calls.and(List.of(truth, near(interval.get(), truth)))
                            : truth);
        }
        return conditions;
    }

    private SqlNode unnest(Relation.Unnested unnested, Source joined, int index, ExpressionRewriter expressions) {
        SqlNode list = expressions.rewrite(unnested.list(), Scope.NO_ALIASES);
        calls.queryless("UNNEST", list);
        if (Content.hasAggregate(list)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT, "UNNEST in FROM sees single rows and takes no aggregate", list);
        }
        Set<String> used = sources(list);
        for (Source source : Calls.rest(scope.sources(), 1)) {
            boolean before = source.isUnnested() && scope.sources().indexOf(source) < index;
            if (!before && used.contains(source.alias())) {
                throw calls.unsupported(
                        "UNNEST takes lists of the stream, or of an UNNEST before it. Put the join with '"
                                + source.alias() + "' into a query in FROM",
                        list);
            }
        }
        SqlParserPos position = list.getParserPosition();
        return calls.unnest(unnested.function(), list, scope.column(joined, unnested.column(), position), position);
    }

    /** Tells whether streams are joined by the times of their rows. */
    boolean byTime() {
        return byTime;
    }

    private SqlNode near(IntervalConditions.Found interval, SqlNode condition) {
        return calls.near(interval.lower(), interval.upper(), condition.getParserPosition());
    }

    private Optional<IntervalConditions.Found> interval(FromReader.Step step, int index) {
        Source joined = scope.sources().get(index);
        Source first = scope.sources().get(0);
        if (!joined.isStream()) {
            return Optional.empty();
        }
        Optional<IntervalConditions.Found> found = IntervalConditions.read(step.condition(), first, joined, text);
        if (found.isEmpty()) {
            return found;
        }
        if (!eventTime) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "Streams are joined by the times of their rows in event time only. Set the option isEventTime of the"
                            + " rule, or add a window to GROUP BY",
                    step.node());
        }
        if (step.kind() != JoinKind.INNER && step.kind() != JoinKind.LEFT) {
            throw calls.unsupported(
                    "Streams are joined by the times of their rows with INNER JOIN or LEFT JOIN. For other joins, add a"
                            + " window to GROUP BY",
                    step.node());
        }
        boolean others = scope.sources().stream()
                .anyMatch(source -> !source.isLookupTable() && !source.equals(first) && !source.equals(joined));
        if (others) {
            throw calls.unsupported(
                    "Two streams are joined by the times of their rows, not more, and tables only in a query around it",
                    step.node());
        }
        byTime = true;
        return found;
    }

    /** Returns the condition that a conjunct of WHERE is. */
    static SqlNode condition(SqlNode conjunct) {
        return OpaqueOperator.meaning(conjunct) instanceof Meaning.Truth ? ((SqlCall) conjunct).operand(0) : conjunct;
    }

    /** Checks the only step of a query in an expression, from the row around it to what it looks at. */
    void checkAsked(FromReader.Step step, @Nullable SqlNode condition) {
        Source asked = scope.sources().get(0);
        if (asked.isLookupTable() && !hasKey(condition, asked)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The " + asked.relation().describe()
                            + " is asked by key. Compare one with the row that asks: WHERE " + asked.alias()
                            + ".column = value",
                    step.node());
        }
    }

    private void checkLookup(FromReader.Step step, Source table, @Nullable SqlNode condition) {
        if (step.kind() != JoinKind.LEFT && step.kind() != JoinKind.INNER) {
            throw calls.unsupported("A lookup table is asked row by row, by LEFT JOIN or INNER JOIN", step.node());
        }
        if (!hasKey(condition, table)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The " + table.relation().describe() + " is asked by key. Join it ON " + table.alias()
                            + ".column = value",
                    condition == null ? step.node() : condition);
        }
    }

    private static boolean hasKey(@Nullable SqlNode condition, Source table) {
        return condition != null && conjuncts(condition).anyMatch(conjunct -> isKey(conjunct, table.alias()));
    }

    private void checkNoLookup(SqlNode condition) {
        Set<String> used = sources(condition);
        for (Source source : scope.sources()) {
            if (source.isLookupTable() && used.contains(source.alias())) {
                throw calls.unsupported(
                        "Lookup tables are asked after the other joins. Move this condition to WHERE", condition);
            }
        }
    }

    private static Stream<SqlNode> conjuncts(SqlNode condition) {
        return OpaqueOperator.meaning(condition) instanceof Meaning.Apply apply && apply.operator() == Operator.AND
                ? ((SqlCall) condition).getOperandList().stream().flatMap(JoinConditions::conjuncts)
                : Stream.of(condition);
    }

    /** Tells whether a condition compares a column of the table with something that is known without it. */
    private static boolean isKey(SqlNode condition, String table) {
        if (!(OpaqueOperator.meaning(condition) instanceof Meaning.Apply apply) || apply.operator() != Operator.EQUAL) {
            return false;
        }
        SqlNode left = ((SqlCall) condition).operand(0);
        SqlNode right = ((SqlCall) condition).operand(1);
        return (isColumn(left, table) && !sources(right).contains(table))
                || (isColumn(right, table) && !sources(left).contains(table));
    }

    private static boolean isColumn(SqlNode node, String table) {
        return node instanceof SqlIdentifier identifier
                && identifier.names.get(0).equals(table);
    }

    private static Set<String> sources(SqlNode node) {
        Set<String> sources = new HashSet<>();
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                sources.add(identifier.names.get(0));
                return null;
            }
        });
        return sources;
    }
}
