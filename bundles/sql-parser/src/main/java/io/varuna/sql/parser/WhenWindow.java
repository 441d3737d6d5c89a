package io.varuna.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
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

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.WINDOW, "(", ")");
        if (getRefName() != null) {
            getRefName().unparse(writer, 0, 0);
        }
        if (!getPartitionList().isEmpty()) {
            writer.sep("PARTITION BY");
            SqlWriter.Frame list = writer.startList("", "");
            getPartitionList().unparse(writer, 0, 0);
            writer.endList(list);
        }
        writer.sep("WHEN");
        when.unparse(writer, 0, 0);
        writer.endList(frame);
    }

    @Override
    public boolean equalsDeep(@Nullable SqlNode node, Litmus litmus) {
        return super.equalsDeep(node, litmus)
                && (node instanceof WhenWindow other ? when.equalsDeep(other.when, litmus) : litmus.fail(null));
    }

    /** Returns the condition. */
    public SqlNode when() {
        return when;
    }
}
