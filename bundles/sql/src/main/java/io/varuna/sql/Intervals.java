package io.varuna.sql;

import java.util.OptionalLong;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Reads lengths of time, such as {@code INTERVAL '10' SECOND}. */
final class Intervals {
    private Intervals() {}

    /** Returns the milliseconds of an interval; empty for anything else, also for months, which are not all alike. */
    static OptionalLong millis(SqlNode node) {
        if (!(node instanceof SqlIntervalLiteral literal)
                || !(literal.getValue() instanceof IntervalValue interval)
                || interval.getIntervalQualifier().isYearMonth()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(interval.getSign() * SqlParserUtil.intervalToMillis(interval));
        } catch (RuntimeException e) {
            // the grammar takes any text for a number
            if (e.getCause() instanceof CalciteContextException) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }
}
