package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Operator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * One of what rows are sorted by, as it is written.
 *
 * @param nullsFirst whether NULL is to come before all values; otherwise it comes last, in both directions
 */
record OrderItem(SqlNode value, boolean descending, boolean nullsFirst) {
    static OrderItem of(SqlNode written) {
        SqlNode value = written;
        boolean descending = false;
        boolean nullsFirst = false;
        while (value.getKind() == SqlKind.DESCENDING
                || value.getKind() == SqlKind.NULLS_FIRST
                || value.getKind() == SqlKind.NULLS_LAST) {
            descending |= value.getKind() == SqlKind.DESCENDING;
            nullsFirst |= value.getKind() == SqlKind.NULLS_FIRST;
            value = ((SqlCall) value).operand(0);
        }
        return new OrderItem(value, descending, nullsFirst);
    }

    /** Returns what sorts NULL before values, when it is sorted by before the rewritten value. */
    static SqlNode nullsFirst(SqlNode rewritten, Calls calls) {
        calls.repeated(rewritten);
        return calls.apply(
                Operator.CASE,
                rewritten.getParserPosition(),
                calls.apply(Operator.IS_NULL, rewritten.getParserPosition(), rewritten),
                calls.constant(0L, DataType.BIGINT, rewritten.getParserPosition()),
                calls.constant(1L, DataType.BIGINT, rewritten.getParserPosition()));
    }
}
