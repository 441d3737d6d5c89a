package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.plan.Catalog;
import io.varuna.plan.Expression.ContextValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in expressions of MATCH_RECOGNIZE, what is meant by other rows than the one at hand, and puts opaque operators there:
 * columns of variables, PREV, FIRST, LAST, aggregates, CLASSIFIER and MATCH_NUMBER. What stands inside of these is left to
 * the rewriting of expressions.
 */
final class Navigation extends SqlShuttle {
    private final Map<String, List<String>> variables;
    private final @Nullable String defined;
    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;

    /**
     * Creates the navigation for one expression.
     *
     * @param variables the variables of the pattern and the subsets, each with the variables that it stands for
     * @param defined the variable whose condition the expression is; null for a measure
     */
    Navigation(
            Map<String, List<String>> variables,
            @Nullable String defined,
            Catalog catalog,
            StatementText text,
            Calls calls) {
        this.variables = variables;
        this.defined = defined;
        this.catalog = catalog;
        this.text = text;
        this.calls = calls;
    }

    SqlNode apply(SqlNode expression) {
        SqlNode result = expression.accept(this);
        return result == null ? expression : result;
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        List<String> named = named(identifier);
        if (named == null) {
            return identifier;
        }
        SqlIdentifier column = unqualified(identifier);
        return isAtHand(named) ? column : row(column, named, false, 0, 0, false, identifier.getParserPosition());
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        return switch (call.getKind()) {
            case PREV -> physical(call);
            case NEXT -> throw text.error(
                    StandardError.UNSUPPORTED,
                    "NEXT looks at a row that may not have come yet. Give that row a variable of its own in PATTERN",
                    call);
            case FIRST, LAST -> logical(call, false, 0);
            case RUNNING, FINAL -> modified(call);
            case CLASSIFIER -> context(ContextValue.Kind.CLASSIFIER, call);
            case MATCH_NUMBER -> context(ContextValue.Kind.MATCH_NUMBER, call);
            default -> isAggregate(call) ? aggregate(call, false) : super.visit(call);
        };
    }

    private SqlNode context(ContextValue.Kind kind, SqlCall call) {
        if (call.operandCount() > 0) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'" + call.getOperator().getName().toLowerCase(Locale.ROOT) + "' takes no arguments",
                    call);
        }
        return calls.context(kind, call.getParserPosition());
    }

    private SqlNode modified(SqlCall call) {
        boolean whole = call.getKind() == SqlKind.FINAL;
        if (whole && defined != null) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "FINAL belongs into MEASURES: a condition cannot know the rows to come",
                    call);
        }
        SqlCall inner = call.operand(0);
        if (inner.getKind() == SqlKind.FIRST || inner.getKind() == SqlKind.LAST) {
            return logical(inner, whole, 0);
        }
        if (isAggregate(inner)) {
            return aggregate(inner, whole);
        }
        throw text.error(
                StandardError.INVALID_ARGUMENT,
                call.getKind() + " takes FIRST, LAST or an aggregate function, which '" + text.at(inner) + "' is not",
                call);
    }

    /** PREV(x, n): n rows before the one of x, whatever variables these are of. */
    private SqlNode physical(SqlCall call) {
        int back = offset(call, 1);
        SqlNode operand = call.operand(0);
        if (operand instanceof SqlCall inner) {
            SqlKind kind = inner.getKind();
            if (kind == SqlKind.FIRST || kind == SqlKind.LAST) {
                return logical(inner, false, back);
            }
            if ((kind == SqlKind.RUNNING || kind == SqlKind.FINAL)
                    && inner.operand(0) instanceof SqlCall innermost
                    && (innermost.getKind() == SqlKind.FIRST || innermost.getKind() == SqlKind.LAST)) {
                return logical(innermost, kind == SqlKind.FINAL, back);
            }
        }
        List<String> named = namedIn(call, operand);
        return row(value(operand), named, false, 0, back, false, call.getParserPosition());
    }

    /** FIRST(x, n) and LAST(x, n): the rows of one variable, counted from an end. */
    private SqlNode logical(SqlCall call, boolean whole, int back) {
        SqlNode operand = call.operand(0);
        List<String> named = namedIn(call, operand);
        boolean first = call.getKind() == SqlKind.FIRST;
        return row(value(operand), named, first, offset(call, 0), back, whole, call.getParserPosition());
    }

    private SqlNode row(
            SqlNode value,
            List<String> named,
            boolean first,
            int offset,
            int back,
            boolean whole,
            SqlParserPos position) {
        boolean last = !first && offset == 0 && !whole;
        List<String> counted = last && isAtHand(named) ? List.of() : named;
        if (last && counted.isEmpty() && back == 0) {
            return value;
        }
        return calls.otherRow(value, new Meaning.OtherRow(counted, first, offset, back, whole), position);
    }

    /** Tells whether the last row of some variables is the one that a condition is tested for. */
    private boolean isAtHand(List<String> named) {
        return named.isEmpty() || (defined != null && named.contains(defined));
    }

    private int offset(SqlCall call, int usual) {
        if (call.operandCount() < 2) {
            return usual;
        }
        if (call.operand(1) instanceof SqlLiteral literal
                && literal.getValue() instanceof BigDecimal number
                && number.signum() >= 0
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(Calls.MOST_ROWS_BACK)) <= 0) {
            return number.intValue();
        }
        throw text.error(
                StandardError.INVALID_ARGUMENT,
                "'" + text.at(call.operand(1)) + "' is no number of rows. "
                        + call.getOperator().getName() + " takes a whole number up to " + Calls.MOST_ROWS_BACK,
                call.operand(1));
    }

    /** Returns the variables of a name, without those of subsets; null where the name begins with none. */
    private @Nullable List<String> named(SqlIdentifier identifier) {
        return identifier.names.size() < 2 ? null : variables.get(identifier.names.get(0));
    }

    private static SqlIdentifier unqualified(SqlIdentifier identifier) {
        return identifier.getComponent(1, identifier.names.size());
    }

    /** Returns the one variable, or subset, that all columns of an expression are of; empty for all rows. */
    private List<String> namedIn(SqlCall call, SqlNode... operands) {
        Set<List<String>> found = new LinkedHashSet<>();
        for (SqlNode operand : operands) {
            operand.accept(new SqlShuttle() {
                @Override
                public SqlNode visit(SqlIdentifier identifier) {
                    List<String> named = named(identifier);
                    found.add(named == null ? List.of() : named);
                    return identifier;
                }
            });
        }
        if (found.size() > 1) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'" + call.getOperator().getName().toLowerCase(Locale.ROOT)
                            + "' takes columns of one variable, not of several",
                    call);
        }
        return found.isEmpty() ? List.of() : found.iterator().next();
    }

    /** Returns an expression over the row that was found: variables are left out, and further navigation is refused. */
    private SqlNode value(SqlNode operand) {
        SqlNode result = operand.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier identifier) {
                return named(identifier) == null ? identifier : unqualified(identifier);
            }

            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                switch (call.getKind()) {
                    case PREV, NEXT, FIRST, LAST, RUNNING, FINAL, MATCH_NUMBER -> throw text.error(
                            StandardError.INVALID_ARGUMENT,
                            "'" + text.at(call)
                                    + "' cannot stand here. PREV takes FIRST or LAST, and nothing else is nested",
                            call);
                    case CLASSIFIER -> {
                        return context(ContextValue.Kind.CLASSIFIER, call);
                    }
                    default -> {
                        if (isAggregate(call)) {
                            throw text.error(
                                    StandardError.INVALID_ARGUMENT,
                                    "The aggregate function '"
                                            + call.getOperator().getName() + "' cannot stand here",
                                    call);
                        }
                        return super.visit(call);
                    }
                }
            }
        });
        return result == null ? operand : result;
    }

    private boolean isAggregate(SqlCall call) {
        return call.getOperator() instanceof SqlFunction
                && OpaqueOperator.meaning(call) == null
                && catalog.function(call.getOperator().getName())
                        .filter(function -> function.kind() == FunctionKind.AGGREGATE)
                        .isPresent();
    }

    private SqlNode aggregate(SqlCall call, boolean whole) {
        String name = call.getOperator().getName();
        FunctionDefinition function = catalog.function(name).orElseThrow();
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        List<SqlNode> operands = call.getOperandList();
        List<String> named = namedIn(call, operands.toArray(SqlNode[]::new));
        SqlParserPos position = call.getParserPosition();
        if (name.equalsIgnoreCase("count")
                && operands.size() == 1
                && operands.get(0) instanceof SqlIdentifier identifier
                && identifier.isStar()) {
            return calls.overMatch(new Meaning.OverMatch(null, named, false, whole), List.of(), position);
        }
        List<SqlNode> arguments = new ArrayList<>();
        operands.forEach(operand -> arguments.add(value(operand)));
        return calls.overMatch(new Meaning.OverMatch(function, named, distinct, whole), arguments, position);
    }
}
