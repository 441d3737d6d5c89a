package io.varuna.sql.parser;

import java.util.Arrays;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The operators that the grammar has beyond Calcite's. They have no types: they are replaced before validation. */
public final class GrammarOperators {
    // as Calcite's DOT
    private static final int ACCESS = 100;
    // as Calcite's IN
    private static final int MEMBERSHIP = 32;
    // as Calcite's + and ^
    private static final int ADDITION = 40;

    /** {@code a->b}; the right side is an identifier. */
    public static final SqlBinaryOperator MEMBER = binary("->", ACCESS);

    /** {@code a[i]}. */
    public static final SqlBinaryOperator INDEX = binary("[]", ACCESS);

    /** {@code a[i:j]}; the right side is a list of both bounds, NULL literals for those left out. */
    public static final SqlBinaryOperator SLICE = binary("[:]", ACCESS);

    /** {@code a IN b}, where b is a value. */
    public static final SqlBinaryOperator IN_LIST = binary("IN", MEMBERSHIP);

    public static final SqlBinaryOperator NOT_IN_LIST = binary("NOT IN", MEMBERSHIP);

    public static final SqlBinaryOperator BITWISE_OR = binary("|", ADDITION);

    /** Marks an item of a SELECT list that is not put out. */
    public static final SqlPostfixOperator INVISIBLE =
            new SqlPostfixOperator("INVISIBLE", SqlKind.OTHER, 2, null, null, null);

    private GrammarOperators() {}

    private static SqlBinaryOperator binary(String name, int precedence) {
        return new SqlBinaryOperator(name, SqlKind.OTHER, precedence, true, null, null, null);
    }

    public static SqlNode bounds(@Nullable SqlNode from, @Nullable SqlNode to, SqlParserPos position) {
        SqlNode none = SqlLiteral.createNull(position);
        return new SqlNodeList(Arrays.asList(from == null ? none : from, to == null ? none : to), position);
    }
}
