package io.varuna.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code OVER (PARTITION BY a WHEN b)}. */
public final class WhenWindow extends SqlWindow {
    private final SqlNode when;

    private WhenWindow(
            SqlNode when,
            @Nullable SqlIdentifier reference,
            SqlNodeList partitionBy,
            SqlNodeList orderBy,
            SqlLiteral isRows,
            @Nullable SqlLiteral allowPartial,
            SqlLiteral exclude,
            SqlParserPos position) {
        super(position, null, reference, partitionBy, orderBy, isRows, null, null, allowPartial, exclude);
        this.when = when;
    }

    /** Returns a window of Calcite's own where there is no condition. */
    public static SqlWindow create(
            @Nullable SqlNode when,
            @Nullable SqlIdentifier reference,
            SqlNodeList partitionBy,
            SqlNodeList orderBy,
            SqlLiteral isRows,
            @Nullable SqlNode lowerBound,
            @Nullable SqlNode upperBound,
            @Nullable SqlLiteral allowPartial,
            SqlLiteral exclude,
            SqlParserPos position) {
        if (when == null) {
            return SqlWindow.create(
                    null,
                    reference,
                    partitionBy,
                    orderBy,
                    isRows,
                    lowerBound,
                    upperBound,
                    allowPartial,
                    exclude,
                    position);
        }
        if (lowerBound != null || !orderBy.isEmpty()) {
            throw new SyntaxException(
                    "OVER takes PARTITION BY and WHEN, and with WHEN neither ORDER BY nor a frame", Place.of(position));
        }
        return new WhenWindow(when, reference, partitionBy, orderBy, isRows, allowPartial, exclude, position);
    }

    /** Returns the condition. */
    public SqlNode when() {
        return when;
    }
}
