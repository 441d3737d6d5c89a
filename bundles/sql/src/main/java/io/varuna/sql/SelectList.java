package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import io.varuna.plan.Output.Presence;
import io.varuna.sql.parser.GrammarOperators;
import io.varuna.sql.parser.StarSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads the items of SELECT: their names, their values, and what stars stand for. */
final class SelectList {
    private final SqlNodeList list;
    private final Scope scope;
    private final ExpressionRewriter expressions;
    private final List<FromReader.Step> steps;
    private final StatementText text;
    private final Calls calls;
    private final List<Selected> items = new ArrayList<>();

    /**
     * Creates the reader of a list.
     *
     * @param steps the joins of the query
     */
    SelectList(
            SqlNodeList list,
            Scope scope,
            ExpressionRewriter expressions,
            List<FromReader.Step> steps,
            StatementText text,
            Calls calls) {
        this.list = list;
        this.scope = scope;
        this.expressions = expressions;
        this.steps = steps;
        this.text = text;
        this.calls = calls;
    }

    /** An item of the SELECT list. */
    record Selected(String name, Presence presence, SqlNode value, boolean visible) {}

    /** Lets the query see the aliases, before anything is read. */
    private void addAliases() {
        int i = 0;
        for (SqlNode item : list) {
            SqlNode node = visible(item);
            if (node.getKind() == SqlKind.AS) {
                SqlCall as = (SqlCall) node;
                SqlIdentifier alias = as.operand(1);
                if (Records.isStar(as.operand(0))) {
                    throw text.error(StandardError.INVALID_ARGUMENT, "'*' cannot have an alias. Remove AS", as);
                }
                scope.addAlias(alias.getSimple(), i, as.operand(0));
            }
            i++;
        }
    }

    private static SqlNode visible(SqlNode item) {
        return item instanceof SqlCall call && call.getOperator().equals(GrammarOperators.INVISIBLE)
                ? call.operand(0)
                : item;
    }

    /** Returns the items. Aliases of all of them can be used from now on. */
    List<Selected> read() {
        addAliases();
        List<String> named = new ArrayList<>();
        for (SqlNode item : list) {
            SqlNode node = visible(item);
            if (node.getKind() == SqlKind.AS) {
                named.add(((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple());
            } else if (!Records.isStar(node)) {
                OutputNames.of(node).ifPresent(named::add);
            }
        }
        OutputNames names = new OutputNames(named);
        Map<String, SqlNode> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            SqlNode item = list.get(i);
            SqlNode node = visible(item);
            if (Records.isStar(node)) {
                star(node, i, new HashSet<>(named));
                continue;
            }
            boolean aliased = node.getKind() == SqlKind.AS;
            SqlNode expression = aliased ? ((SqlCall) node).operand(0) : node;
            SqlNode expansion = expressions.functions().expansion(expression, i);
            SqlNode value = expansion == null ? expressions.rewrite(expression, i) : expansion;
            if (expansion != null && items.stream().anyMatch(other -> other.presence() == Presence.UNNESTED)) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "SELECT has two functions that make several rows of one. Remove one",
                        expression);
            }
            String name = aliased ? ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple() : names.name(expression);
            if (item == node && seen.put(name, node) != null) {
                throw text.error(
                        StandardError.DUPLICATE_COLUMN,
                        "Two columns of the output have the name '" + name + "'. Give one another name with AS",
                        node);
            }
            items.add(new Selected(name, presence(expression, value, aliased), value, item == node));
        }
        return items;
    }

    private Presence presence(SqlNode expression, SqlNode value, boolean aliased) {
        if (OpaqueOperator.meaning(value) instanceof Meaning.Expand) {
            return Presence.UNNESTED;
        }
        if (ExpressionRewriter.isCall(expression, "changed_cols")
                || (expression.getKind() == SqlKind.OVER
                        && ExpressionRewriter.isCall(((SqlCall) expression).operand(0), "changed_cols"))) {
            return Presence.SPREAD;
        }
        return !aliased && value instanceof SqlIdentifier column ? presence(column) : Presence.NOT_NULL;
    }

    /** Returns the presence of a column of a source, which has been qualified. */
    private Presence presence(SqlIdentifier column) {
        return scope.source(column.names.get(0))
                .map(source -> source.relation().presence(column.names.get(1)))
                .orElse(Presence.AS_IS);
    }

    /** Adds the columns that a star stands for: each where they are known, else the record, to be spread later. */
    private void star(SqlNode star, int item, Set<String> named) {
        StarSelection selection = star instanceof StarSelection changed ? changed : null;
        SqlIdentifier identifier = selection == null ? (SqlIdentifier) star : selection.star();
        List<Source> starred = identifier.names.size() > 1
                ? List.of(expressions.functions().records().source(identifier.names.get(0), identifier))
                : scope.sources();
        if (starred.stream().anyMatch(Source::isOpen)) {
            items.add(new Selected(
                    "*", Presence.SPREAD, expressions.functions().records().of(star, item), true));
            return;
        }
        Set<String> left = new HashSet<>();
        Map<String, SqlNode> replacements = new HashMap<>();
        List<String> added = new ArrayList<>();
        if (selection != null) {
            selection.excepts().forEach(name -> left.add(except((SqlIdentifier) name, starred)));
            for (SqlNode replacement : selection.replacements()) {
                SqlCall as = (SqlCall) replacement;
                String name = ((SqlIdentifier) as.operand(1)).getSimple();
                replacements.put(name, expressions.rewrite(as.operand(0), item));
                added.add(name);
            }
        }
        for (Starred each : columns(starred)) {
            String name = each.name();
            // a column of the same name that is selected by itself, or of a source before, comes first
            if (!named.add(name) || (left.contains(name) && !replacements.containsKey(name))) {
                continue;
            }
            SqlNode column = starred(starred, each.source(), name, identifier.getParserPosition());
            SqlNode replacement = replacements.get(name);
            added.remove(name);
            items.add(
                    replacement == null
                            ? new Selected(name, each.source().relation().presence(name), column, true)
                            : new Selected(
                                    name,
                                    Presence.AS_IS,
                                    calls.apply(
                                            Operator.COALESCE, replacement.getParserPosition(), replacement, column),
                                    true));
        }
        for (String name : added) {
            SqlNode value = replacements.get(name);
            if (value != null && named.add(name)) {
                items.add(new Selected(name, Presence.NOT_NULL, value, true));
            }
        }
    }

    /** A column that a star stands for. */
    private record Starred(Source source, String name) {}

    /** Returns the columns of sources in the order of the standard: those that a join shares before the others. */
    private List<Starred> columns(List<Source> starred) {
        List<Starred> columns = new ArrayList<>();
        starred.forEach(source -> source.schema().names().forEach(name -> columns.add(new Starred(source, name))));
        for (FromReader.Step step : steps) {
            List<String> shared =
                    step.shared().stream().map(SqlIdentifier::getSimple).toList();
            List<Starred> first = columns.stream()
                    .filter(column -> shared.contains(column.name()))
                    .sorted(Comparator.comparingInt(column -> shared.indexOf(column.name())))
                    .toList();
            columns.removeAll(first);
            columns.addAll(0, first);
        }
        return columns;
    }

    /** Returns a column that a star stands for; where its row may be missing, that of a later source. */
    private SqlNode starred(List<Source> starred, Source source, String name, SqlParserPos position) {
        SqlNode column = scope.column(source, name, position);
        boolean mayMiss = steps.stream().anyMatch(s -> s.kind() == JoinKind.RIGHT || s.kind() == JoinKind.FULL);
        List<SqlNode> columns = new ArrayList<>(List.of(column));
        if (mayMiss) {
            starred.stream()
                    .filter(other -> !other.equals(source) && other.has(name))
                    .forEach(other -> columns.add(scope.column(other, name, position)));
        }
        return columns.size() == 1 ? column : calls.apply(Operator.COALESCE, position, columns);
    }

    private String except(SqlIdentifier name, List<Source> starred) {
        if (starred.stream().noneMatch(source -> source.has(name.getSimple()))) {
            List<String> known = new ArrayList<>();
            starred.forEach(source -> known.addAll(source.schema().names()));
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "EXCEPT names the column '" + name.getSimple() + "', which is not there"
                            + StatementText.suggest(name.getSimple(), known, "The columns are"),
                    name);
        }
        return name.getSimple();
    }
}
