package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.MatchRecognize.Definition;
import io.varuna.plan.MatchRecognize.Skip;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.Project;
import io.varuna.plan.RowPattern;
import io.varuna.plan.RulePlan;
import io.varuna.sql.PlanBuilder.Built;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlMatchRecognize.AfterOption;
import org.apache.calcite.sql.SqlMatchRecognize.RowsPerMatchOption;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Reads MATCH_RECOGNIZE. Its expressions are planned as the columns of a query over its input, so that names, types and
 * functions are those of any other query.
 */
final class MatchReader {
    private final Catalog catalog;
    private final Source source;
    private final boolean eventTime;
    private final StatementText text;
    private final Calls calls;
    private final ExpressionRewriter expressions;
    private final Scope scope;
    private final Map<String, List<String>> variables = new LinkedHashMap<>();

    /** Creates the reader of a pattern over a source. */
    MatchReader(Catalog catalog, Source source, boolean eventTime, StatementText text, Calls calls) {
        this.catalog = catalog;
        this.source = source;
        this.eventTime = eventTime;
        this.text = text;
        this.calls = calls;
        this.scope = new Scope(List.of(source), null, Dialect.STANDARD, eventTime, text, calls);
        this.expressions = new ExpressionRewriter(scope, null, catalog, text, calls);
    }

    /** Returns a plan whose rows are those of the matches. */
    RulePlan read(SqlMatchRecognize match) {
        checkTime(match);
        checkAnchors(match);
        checkOrder(match);
        PatternReader patterns = new PatternReader(text);
        RowPattern pattern = patterns.read(match.getPattern());
        List<String> names = patterns.variables();
        names.forEach(name -> variables.put(name, List.of(name)));
        addSubsets(match.getSubsetList(), names);
        boolean allRows =
                match.getRowsPerMatch() != null && match.getRowsPerMatch().getValue() == RowsPerMatchOption.ALL_ROWS;
        Skip skip = skip(match.getAfter());

        List<SqlNode> columns = new ArrayList<>();
        List<String> partitionNames = new ArrayList<>();
        for (SqlNode key : match.getPartitionList()) {
            columns.add(expressions.rewrite(key, Scope.NO_ALIASES));
            partitionNames.add(partitionName(key));
        }
        Map<String, Integer> conditions = new HashMap<>();
        for (SqlNode definition : match.getPatternDefList()) {
            SqlIdentifier variable = ((SqlCall) definition).operand(1);
            checkVariable(variable, names, conditions);
            conditions.put(variable.getSimple(), columns.size());
            SqlNode condition = rowExpression(((SqlCall) definition).operand(0), variable.getSimple());
            columns.add(calls.truth("DEFINE", condition));
        }
        int firstMeasure = columns.size();
        List<String> measureNames = new ArrayList<>();
        for (SqlNode measure : match.getMeasureList()) {
            SqlIdentifier name = ((SqlCall) measure).operand(1);
            measureNames.add(name.getSimple());
            columns.add(rowExpression(((SqlCall) measure).operand(0), null));
        }
        int afterMeasures = columns.size();
        checkNames(match, allRows ? List.of() : partitionNames, allRows);
        List<String> passed = allRows ? passed() : List.of();
        passed.forEach(name -> columns.add(scope.column(source, name, match.getParserPosition())));
        PlanBuilder.Part part = plan(columns, match.getParserPosition());
        Built built = part.built();
        List<Definition> definitions = new ArrayList<>();
        for (String name : names) {
            Integer condition = conditions.get(name);
            definitions.add(new Definition(
                    name, condition == null ? null : built.fields().get(condition)));
        }
        MatchRecognize node = new MatchRecognize(
                built.node(),
                built.fields().subList(0, partitionNames.size()),
                partitionNames,
                pattern,
                definitions,
                built.fields().subList(firstMeasure, afterMeasures),
                measureNames,
                allRows,
                skip,
                within(match.getInterval()));
        List<Expression> rows = built.fields().subList(afterMeasures, columns.size());
        return new RulePlan(Dialect.STANDARD, output(node, rows, passed), part.streams(), part.functions());
    }

    /** Returns the columns that rows have beside the measures. */
    private List<String> passed() {
        return source.isOpen() ? List.of(Source.RECORD) : source.schema().names();
    }

    /** Puts out the columns of the rows, if there are any, or else what the match is partitioned by; then the measures. */
    private static Output output(MatchRecognize match, List<Expression> rows, List<String> rowNames) {
        List<Column> available = match.output();
        int firstMeasure = available.size() - match.measures().size();
        List<Expression> values = new ArrayList<>(rows);
        List<String> names = new ArrayList<>(rowNames);
        List<Presence> presences = new ArrayList<>();
        names.forEach(name -> presences.add(name.equals(Source.RECORD) ? Presence.SPREAD : Presence.AS_IS));
        for (int i = match.allRows() ? firstMeasure : 0; i < available.size(); i++) {
            Column column = available.get(i);
            values.add(new InputColumn(i, column.name(), column.type()));
            names.add(column.name());
            presences.add(i < firstMeasure ? Presence.AS_IS : Presence.NOT_NULL);
        }
        boolean plain = values.stream().allMatch(InputColumn.class::isInstance);
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int index = plain ? ((InputColumn) values.get(i)).index() : i;
            columns.add(new OutputColumn(names.get(i), index, presences.get(i)));
        }
        return new Output(plain ? match : new Project(match, values, names), columns);
    }

    private PlanBuilder.Part plan(List<SqlNode> columns, SqlParserPos position) {
        List<SqlNode> selected = new ArrayList<>();
        List<RewrittenQuery.Item> items = new ArrayList<>();
        List<SqlNode> all = new ArrayList<>(columns);
        // a query has a column, and Calcite would leave out a projection of columns as they are
        all.add(calls.constant(true, DataType.BOOLEAN, position));
        for (SqlNode column : all) {
            String name = "$out" + selected.size();
            selected.add(SqlStdOperatorTable.AS.createCall(
                    column.getParserPosition(), column, new SqlIdentifier(name, column.getParserPosition())));
            items.add(new RewrittenQuery.Item(name, Presence.NOT_NULL));
        }
        SqlNode select = Subqueries.select(
                position,
                new SqlNodeList(selected, position),
                FromReader.from(List.of(source), List.of(), List.of(), position),
                null);
        RewrittenQuery query =
                new RewrittenQuery(Dialect.STANDARD, select, List.of(source), items, false, List.of(), List.of());
        return PlanBuilder.part(query, new RelationalPlanner().plan(query));
    }

    /** Rewrites a condition or measure. */
    private SqlNode rowExpression(SqlNode written, @Nullable String defined) {
        checkPrefixes(written);
        SqlNode navigated = new Navigation(variables, defined, catalog, text, calls).apply(written);
        SqlNode expression = expressions.rewrite(navigated, Scope.NO_ALIASES);
        if (Content.hasAggregate(expression)
                || Content.has(expression, Meaning.Analyse.class)
                || Content.has(expression, Meaning.RowNumber.class)
                || Content.has(expression, Meaning.OverRows.class)
                || Content.has(expression, Meaning.Wait.class)
                || Content.has(expression, Meaning.NewSpans.class)
                || Content.has(expression, Meaning.WindowColumn.class)) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "An expression of MATCH_RECOGNIZE sees the rows of a match by PREV, FIRST, LAST and aggregate functions"
                            + " without FILTER; windows and functions such as lag belong outside of it",
                    written);
        }
        return expression;
    }

    /** Says of a misspelt variable that it may be one. */
    private void checkPrefixes(SqlNode written) {
        written.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                String first = identifier.names.get(0);
                if (identifier.names.size() > 1
                        && !variables.containsKey(first)
                        && !first.equals(source.alias())
                        && !source.has(first)) {
                    throw text.error(
                            StandardError.COLUMN_NOT_FOUND,
                            "'" + first + "' is no variable of PATTERN and no column"
                                    + StatementText.suggest(first, variables.keySet(), "The variables are"),
                            identifier);
                }
                return null;
            }
        });
    }

    private void checkTime(SqlMatchRecognize match) {
        if (!eventTime) {
            throw text.error(
                    StandardError.INVALID_RULE,
                    "MATCH_RECOGNIZE needs the order of event time. Set the option isEventTime of the rule",
                    match.getPattern());
        }
        if (!source.isStream() || source.window() != null) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "MATCH_RECOGNIZE reads the rows of a stream or of a query, not those of a table or a window",
                    match.getTableRef());
        }
    }

    private void checkAnchors(SqlMatchRecognize match) {
        if (match.getStrictStart().booleanValue() || match.getStrictEnd().booleanValue()) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "A stream has no first and no last row, which ^ and $ stand for. Remove them from PATTERN",
                    match.getPattern());
        }
    }

    /** The order has to be that of event time, in which rows come. */
    private void checkOrder(SqlMatchRecognize match) {
        SqlNodeList order = match.getOrderList();
        String time = source.relation() instanceof Relation.Declared declared
                ? declared.definition().options().timestamp().orElse("")
                : "";
        String remedy = time.isEmpty() ? "" : ". Write ORDER BY " + time;
        if (order.isEmpty()) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "MATCH_RECOGNIZE needs ORDER BY with the column that holds the event time" + remedy,
                    match.getPattern());
        }
        SqlNode first = order.get(0);
        if (time.isEmpty() && first instanceof SqlIdentifier column) {
            // any column may hold what the query takes for its time; it has to be there
            scope.resolve(column, Scope.NO_ALIASES, expressions::rewrite);
        }
        boolean fits = first instanceof SqlIdentifier column
                && (time.isEmpty() || column.names.get(column.names.size() - 1).equals(time));
        if (!fits || order.size() > 1) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "MATCH_RECOGNIZE takes rows in the ascending order of their event time alone" + remedy,
                    order.get(fits ? 1 : 0));
        }
    }

    private void addSubsets(SqlNodeList subsets, List<String> names) {
        for (SqlNode subset : subsets) {
            SqlIdentifier name = ((SqlCall) subset).operand(0);
            if (variables.containsKey(name.getSimple())) {
                throw text.error(
                        StandardError.DUPLICATE_COLUMN,
                        "The subset '" + name.getSimple() + "' has the name of a variable or another subset",
                        name);
            }
            Set<String> members = new HashSet<>();
            for (SqlNode member : (SqlNodeList) ((SqlCall) subset).operand(1)) {
                members.add(known(member, names));
            }
            variables.put(
                    name.getSimple(), names.stream().filter(members::contains).toList());
        }
    }

    private String known(SqlNode variable, List<String> names) {
        String name = variable instanceof SqlIdentifier identifier && identifier.isSimple()
                ? identifier.getSimple()
                : text.at(variable);
        if (!names.contains(name)) {
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "PATTERN has no variable '" + name + "'" + StatementText.suggest(name, names, "Its variables are"),
                    variable);
        }
        return name;
    }

    private void checkVariable(SqlIdentifier variable, List<String> names, Map<String, Integer> conditions) {
        if (conditions.containsKey(known(variable, names))) {
            throw text.error(
                    StandardError.DUPLICATE_COLUMN,
                    "'" + variable.getSimple() + "' is defined twice. Join the conditions with AND or OR",
                    variable);
        }
    }

    private String partitionName(SqlNode key) {
        if (key instanceof SqlIdentifier identifier) {
            return identifier.names.get(identifier.names.size() - 1);
        }
        throw text.error(
                StandardError.UNSUPPORTED,
                "PARTITION BY of MATCH_RECOGNIZE takes columns. Compute others in a query in FROM",
                key);
    }

    private void checkNames(SqlMatchRecognize match, List<String> others, boolean allRows) {
        if (!allRows && others.isEmpty() && match.getMeasureList().isEmpty()) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "ONE ROW PER MATCH has no columns. Add MEASURES, or write ALL ROWS PER MATCH",
                    match);
        }
        Set<String> seen = new HashSet<>(others);
        for (SqlNode measure : match.getMeasureList()) {
            SqlIdentifier name = ((SqlCall) measure).operand(1);
            boolean column = allRows && source.schema().indexOf(name.getSimple()) >= 0;
            if (!seen.add(name.getSimple()) || column) {
                throw text.error(
                        StandardError.DUPLICATE_COLUMN,
                        "Two columns of the matches have the name '" + name.getSimple()
                                + "'. Give one another name with AS",
                        name);
            }
        }
    }

    private Skip skip(@Nullable SqlNode after) {
        if (after == null) {
            return new Skip(Skip.Target.PAST_LAST_ROW, List.of());
        }
        if (after instanceof SqlLiteral option) {
            boolean next = option.getValue() == AfterOption.SKIP_TO_NEXT_ROW;
            return new Skip(next ? Skip.Target.NEXT_ROW : Skip.Target.PAST_LAST_ROW, List.of());
        }
        SqlCall to = (SqlCall) after;
        String name = known(to.operand(0), List.copyOf(variables.keySet()));
        boolean first = to.getKind() == SqlKind.SKIP_TO_FIRST;
        return new Skip(first ? Skip.Target.FIRST : Skip.Target.LAST, variables.getOrDefault(name, List.of()));
    }

    private long within(@Nullable SqlLiteral interval) {
        if (interval == null) {
            return MatchRecognize.UNLIMITED;
        }
        long millis = Intervals.millis(interval).orElse(0);
        if (millis > 0) {
            return millis;
        }
        throw text.error(
                StandardError.INVALID_ARGUMENT,
                "'" + text.at(interval) + "' is no length of time. Write WITHIN INTERVAL '10' SECOND",
                interval);
    }
}
