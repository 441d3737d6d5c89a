package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.sql.parser.NumberLiteral;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;

/** Rewrites literals to constants. */
final class Literals {
    /** What only a minus makes a whole number that fits. */
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE).negate();

    private final StatementText text;
    private final Calls calls;

    Literals(StatementText text, Calls calls) {
        this.text = text;
        this.calls = calls;
    }

    SqlNode rewrite(SqlLiteral written) {
        SqlParserPos position = written.getParserPosition();
        SqlLiteral literal = written instanceof SqlUnknownLiteral unknown ? time(unknown) : written;
        Object value = literal.getValue();
        if (value == null) {
            return calls.nothing(position);
        }
        if (value instanceof Boolean) {
            return calls.constant(value, DataType.BOOLEAN, position);
        }
        if (value instanceof NlsString string) {
            return calls.text(string.getValue(), position);
        }
        if (value instanceof BigDecimal number && !(literal instanceof SqlIntervalLiteral)) {
            return number(number, literal);
        }
        if (value instanceof TimestampString || value instanceof DateString) {
            long millis = value instanceof TimestampString timestamp
                    ? timestamp.getMillisSinceEpoch()
                    : ((DateString) value).getDaysSinceEpoch() * 86_400_000L;
            return calls.constant(Instant.ofEpochMilli(millis), DataType.TIMESTAMP, position);
        }
        throw calls.unsupported(
                "'" + text.at(literal) + "' is no value by itself."
                        + (literal instanceof SqlIntervalLiteral ? " Add it to a time, or take it away" : ""),
                literal);
    }

    /** Tells whether the number is one more than the largest that fits, so that it needs its minus. */
    static boolean isLeast(SqlNode node) {
        return node instanceof NumberLiteral number
                && number.isWhole()
                && LEAST.compareTo(number.bigDecimalValue()) == 0;
    }

    /** Reads DATE '2026-01-31' and TIMESTAMP '2026-01-31 12:00:00'. */
    private SqlLiteral time(SqlUnknownLiteral literal) {
        SqlTypeName type = SqlTypeName.get(literal.tag);
        if (type != SqlTypeName.DATE && type != SqlTypeName.TIMESTAMP) {
            throw calls.unsupported("A literal of type " + literal.tag + " is not supported", literal);
        }
        try {
            return literal.resolve(type);
        } catch (CalciteContextException e) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The text is no time. Write DATE '2026-01-31' or TIMESTAMP '2026-01-31 12:00:00'",
                    literal);
        }
    }

    private SqlNode number(BigDecimal number, SqlLiteral literal) {
        if (!(literal instanceof NumberLiteral written) || !written.isWhole()) {
            return calls.constant(number.doubleValue(), DataType.DOUBLE, literal.getParserPosition());
        }
        if (number.toBigInteger().bitLength() > 63) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The number is too large; " + Long.MAX_VALUE + " is the largest whole number. Write it as " + number
                            + ".0",
                    literal);
        }
        return calls.constant(number.longValue(), DataType.BIGINT, literal.getParserPosition());
    }
}
