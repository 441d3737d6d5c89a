package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Dialect;
import io.varuna.plan.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites functions that standard SQL writes in its own way, or has beside those of plugins, to what there is. */
final class StandardFunctions {
    private static final Map<TimeUnit, String> PARTS = Map.of(
            TimeUnit.YEAR, "year",
            TimeUnit.MONTH, "month",
            TimeUnit.DAY, "day",
            TimeUnit.HOUR, "hour",
            TimeUnit.MINUTE, "minute",
            TimeUnit.SECOND, "second",
            TimeUnit.MICROSECOND, "microsecond",
            TimeUnit.DOY, "day_of_year",
            TimeUnit.EPOCH, "to_seconds");

    private final ExpressionRewriter expressions;
    private final KnownFunctions known;
    private final Scope scope;
    private final StatementText text;
    private final Calls calls;
    private final JoinedTexts joinedTexts;

    StandardFunctions(
            ExpressionRewriter expressions, KnownFunctions known, Scope scope, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.known = known;
        this.scope = scope;
        this.text = text;
        this.calls = calls;
        this.joinedTexts = new JoinedTexts(expressions, known, calls);
    }

    JoinedTexts joinedTexts() {
        return joinedTexts;
    }

    /** Returns what the call stands for; nothing if it is a function like others. */
    Optional<SqlNode> rewrite(SqlCall call, String name, int item) {
        SqlParserPos position = call.getParserPosition();
        switch (call.getKind()) {
            case ARRAY_VALUE_CONSTRUCTOR -> {
                return Optional.of(
                        calls.apply(Operator.LIST, position, expressions.rewriteAll(call.getOperandList(), item)));
            }
            case MAP_VALUE_CONSTRUCTOR -> {
                return Optional.of(object(call, item));
            }
            case TRIM -> {
                return trim(call, item);
            }
            case EXTRACT -> {
                return call.operandCount() == 2 && call.operand(0) instanceof SqlIntervalQualifier unit
                        ? Optional.of(part(call, unit, item))
                        : Optional.empty();
            }
            case POSITION -> {
                return Optional.of(position(call, item));
            }
            default -> {
                return byName(call, name, item);
            }
        }
    }

    private Optional<SqlNode> byName(SqlCall call, String name, int item) {
        int operands = call.operandCount();
        boolean twoOrMore = operands >= 2;
        if (name.equals("substring") && scope.dialect() == Dialect.STANDARD && (operands == 2 || operands == 3)) {
            List<SqlNode> values = expressions.rewriteAll(call.getOperandList(), item);
            return Optional.of(substring(
                    values.get(0), values.get(1), operands == 3 ? values.get(2) : null, call.getParserPosition()));
        }
        if (name.equals("overlay") && (operands == 3 || operands == 4)) {
            return Optional.of(overlay(call, item));
        }
        if ((name.equals("floor") || name.equals("ceil"))
                && operands == 2
                && call.operand(1) instanceof SqlIntervalQualifier) {
            throw calls.unsupported(
                    "Times are not rounded to a unit. Put a window into GROUP BY, or write format_time(time, 'yyyy-MM-dd HH:00:00')",
                    call);
        }
        if (known.find(call).isPresent()) {
            return Optional.empty();
        }
        return switch (name) {
            case "char_length", "character_length" -> operands == 1
                    ? Optional.of(unlessNull("length", call, item))
                    : Optional.empty();
            case "octet_length" -> operands == 1 ? Optional.of(unlessNull("numbytes", call, item)) : Optional.empty();
            case "nullif" -> operands == 2 ? Optional.of(nullIf(call, item)) : Optional.empty();
            case "ifnull", "nvl" -> operands == 2
                    ? Optional.of(calls.apply(
                            Operator.COALESCE,
                            call.getParserPosition(),
                            expressions.rewriteAll(call.getOperandList(), item)))
                    : Optional.empty();
            case "if" -> operands == 3 ? Optional.of(choice(call, item)) : Optional.empty();
            case "greatest" -> twoOrMore
                    ? Optional.of(extreme(call, Operator.GREATER_OR_EQUAL, item))
                    : Optional.empty();
            case "least" -> twoOrMore ? Optional.of(extreme(call, Operator.LESS_OR_EQUAL, item)) : Optional.empty();
            case "any_value", "first_value" -> operands == 1
                    ? Optional.of(AggregateOperator.firstRow()
                            .createCall(call.getParserPosition(), expressions.rewrite(call.operand(0), item)))
                    : Optional.empty();
            case "listagg", "string_agg" -> joinedTexts.areMeantBy(call)
                    ? Optional.of(joinedTexts.rewrite(call, null, item))
                    : Optional.empty();
            case "timestampadd" -> operands == 3 && call.operand(0) instanceof SqlIntervalQualifier unit
                    ? Optional.of(later(call, unit, item))
                    : Optional.empty();
            case "timestampdiff" -> operands == 3 && call.operand(0) instanceof SqlIntervalQualifier unit
                    ? Optional.of(between(call, unit, item))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private SqlNode number(long value, SqlParserPos position) {
        return calls.constant(value, DataType.BIGINT, position);
    }

    private SqlNode function(String name, SqlCall place, SqlNode... arguments) {
        return calls.scalar(known.named(name, place), List.of(arguments), place.getParserPosition());
    }

    private SqlNode object(SqlCall call, int item) {
        List<SqlNode> members = expressions.rewriteAll(call.getOperandList(), item);
        for (int i = 0; i < members.size(); i += 2) {
            // members of objects have texts for names
            members.set(i, calls.cast(members.get(i), DataType.VARCHAR, call.getParserPosition()));
        }
        return calls.apply(Operator.STRUCT, call.getParserPosition(), members);
    }

    private Optional<SqlNode> trim(SqlCall call, int item) {
        if (call.operandCount() != 3 || !(call.operand(0) instanceof SqlLiteral side)) {
            return Optional.empty();
        }
        SqlTrimFunction.Flag flag = side.getValueAs(SqlTrimFunction.Flag.class);
        SqlNode value = expressions.rewrite(call.operand(2), item);
        String characters = call.operand(1) instanceof SqlLiteral literal ? literal.toValue() : null;
        if (characters == null || characters.isEmpty()) {
            throw calls.unsupported(
                    "TRIM takes the characters as a literal. Write regexp_replace(text, pattern, '')", call.operand(1));
        }
        if (characters.equals(" ")) {
            return Optional.of(function(
                    switch (flag) {
                        case BOTH -> "trim";
                        case LEADING -> "ltrim";
                        case TRAILING -> "rtrim";
                    },
                    call,
                    value));
        }
        String any = "[" + characters.replaceAll("([^A-Za-z0-9\\s])", "\\\\$1") + "]+";
        String pattern =
                switch (flag) {
                    case BOTH -> "^" + any + "|" + any + "$";
                    case LEADING -> "^" + any;
                    case TRAILING -> any + "$";
                };
        SqlParserPos position = call.getParserPosition();
        return Optional.of(
                function("regexp_replace", call, value, calls.text(pattern, position), calls.text("", position)));
    }

    private SqlNode part(SqlCall call, SqlIntervalQualifier unit, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode time = expressions.rewrite(call.operand(1), item);
        String part = PARTS.get(unit.getStartUnit());
        if (part != null) {
            return function(part, call, time);
        }
        return switch (unit.getStartUnit()) {
            case QUARTER -> calls.apply(
                    Operator.DIVIDE,
                    position,
                    calls.apply(Operator.PLUS, position, function("month", call, time), number(2, position)),
                    number(3, position));
                // Sunday is 1 here, and 0 for the function
            case DOW -> calls.apply(Operator.PLUS, position, function("day_of_week", call, time), number(1, position));
            default -> throw calls.unsupported(
                    "EXTRACT takes YEAR, QUARTER, MONTH, DAY, DOW, DOY, HOUR, MINUTE, SECOND, MICROSECOND or EPOCH",
                    unit);
        };
    }

    /** Positions count from 1; 0 stands for what is not there. */
    private SqlNode position(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        if (call.operandCount() != 2) {
            throw calls.unsupported("POSITION takes no FROM. Write POSITION(a IN SUBSTRING(b FROM n))", call);
        }
        SqlNode sought = calls.repeated(expressions.rewrite(call.operand(0), item));
        SqlNode searched = calls.repeated(expressions.rewrite(call.operand(1), item));
        return calls.apply(
                Operator.CASE,
                position,
                anyNull(List.of(sought, searched), position),
                calls.nothing(position),
                calls.apply(Operator.PLUS, position, function("indexof", call, searched, sought), number(1, position)));
    }

    private SqlNode anyNull(List<SqlNode> values, SqlParserPos position) {
        return calls.apply(
                Operator.OR,
                position,
                values.stream()
                        .map(value -> calls.apply(Operator.IS_NULL, position, value))
                        .toList());
    }

    /** Returns the characters from one on, which counts from 1; as many as told, or all. */
    private SqlNode substring(SqlNode value, SqlNode from, @Nullable SqlNode length, SqlParserPos position) {
        SqlNode start = calls.apply(Operator.MINUS, position, calls.repeated(from), number(1, position));
        if (length == null) {
            return part(value, List.of(notNegative(start, position)), position);
        }
        SqlNode end = calls.apply(Operator.PLUS, position, start, length);
        return part(value, List.of(notNegative(start, position), notNegative(end, position)), position);
    }

    private SqlNode part(SqlNode value, List<SqlNode> bounds, SqlParserPos position) {
        List<SqlNode> arguments = new ArrayList<>(bounds);
        arguments.add(0, value);
        return calls.scalar(known.named("substring", value), arguments, position);
    }

    private SqlNode notNegative(SqlNode value, SqlParserPos position) {
        return calls.apply(
                Operator.CASE,
                position,
                calls.apply(Operator.LESS, position, calls.repeated(value), number(0, position)),
                number(0, position),
                value);
    }

    private SqlNode overlay(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = expressions.rewriteAll(call.getOperandList(), item);
        SqlNode value = calls.repeated(operands.get(0));
        SqlNode replacement = calls.repeated(operands.get(1));
        SqlNode from = calls.repeated(operands.get(2));
        SqlNode length = operands.size() > 3 ? operands.get(3) : function("length", call, replacement);
        SqlNode before = calls.apply(Operator.MINUS, position, from, number(1, position));
        return calls.apply(
                Operator.CONCATENATE,
                position,
                substring(value, number(1, position), before, position),
                replacement,
                substring(value, calls.apply(Operator.PLUS, position, from, length), null, position));
    }

    /** Calls a function that has a value for NULL, too, where the standard has none. */
    private SqlNode unlessNull(String function, SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode value = calls.repeated(expressions.rewrite(call.operand(0), item));
        return calls.apply(
                Operator.CASE,
                position,
                calls.apply(Operator.IS_NULL, position, value),
                calls.nothing(position),
                function(function, call, value));
    }

    private SqlNode nullIf(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode value = calls.repeated(expressions.rewrite(call.operand(0), item));
        SqlNode equal = calls.apply(Operator.EQUAL, position, value, expressions.rewrite(call.operand(1), item));
        return calls.apply(Operator.CASE, position, equal, calls.nothing(position), value);
    }

    private SqlNode choice(SqlCall call, int item) {
        List<SqlNode> operands = expressions.rewriteAll(call.getOperandList(), item);
        operands.set(0, calls.truth("IF", operands.get(0)));
        return calls.apply(Operator.CASE, call.getParserPosition(), operands);
    }

    /** Returns the value that is at least, or at most, all others; NULL if one of them is. */
    private SqlNode extreme(SqlCall call, Operator comparison, int item) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> values = expressions.rewriteAll(call.getOperandList(), item);
        values.forEach(calls::repeated);
        List<SqlNode> branches = new ArrayList<>(List.of(anyNull(values, position), calls.nothing(position)));
        int last = values.size() - 1;
        for (int i = 0; i < last; i++) {
            SqlNode value = values.get(i);
            List<SqlNode> comparisons = values.subList(i + 1, values.size()).stream()
                    .map(other -> calls.apply(comparison, position, value, other))
                    .toList();
            branches.add(
                    comparisons.size() == 1 ? comparisons.get(0) : calls.apply(Operator.AND, position, comparisons));
            branches.add(value);
        }
        branches.add(values.get(last));
        return calls.apply(Operator.CASE, position, branches);
    }

    private long millis(SqlIntervalQualifier unit) {
        BigDecimal millis = unit.getStartUnit().multiplier;
        if (unit.getStartUnit().yearMonth || millis == null || millis.signum() <= 0 || millis.scale() > 0) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "The unit is one of SECOND, MINUTE, HOUR, DAY and WEEK, which are always of one length",
                    unit);
        }
        return millis.longValueExact();
    }

    private SqlNode later(SqlCall call, SqlIntervalQualifier unit, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode length = calls.apply(
                Operator.MULTIPLY,
                position,
                expressions.rewrite(call.operand(1), item),
                number(millis(unit), position));
        return calls.apply(
                Operator.ADD_TIME,
                position,
                expressions.rewrite(call.operand(2), item),
                calls.cast(length, DataType.BIGINT, position));
    }

    private SqlNode between(SqlCall call, SqlIntervalQualifier unit, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode nanos = function(
                "date_diff",
                call,
                expressions.rewrite(call.operand(1), item),
                expressions.rewrite(call.operand(2), item));
        SqlNode units = calls.apply(Operator.DIVIDE, position, nanos, number(millis(unit) * 1_000_000, position));
        return calls.cast(units, DataType.BIGINT, position);
    }
}
