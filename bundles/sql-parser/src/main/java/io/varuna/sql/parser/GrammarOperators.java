package io.varuna.sql.parser;

import java.util.Arrays;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The operators that the grammar has beyond Calcite's. They have no types: they are replaced before validation. */
public final class GrammarOperators {
    // as Calcite's DOT
    private static final int ACCESS = 100;
    // as Calcite's unary minus
    private static final int SIGN = 80;
    // as Calcite's IN
    private static final int MEMBERSHIP = 32;
    // weaker than AS, stronger than the comma
    private static final int ITEM = 10;
    // as Calcite's + and ^
    private static final int ADDITION = 40;

    /** {@code -a}. Calcite's own would make {@code -5.} the number -5, which is a whole one. */
    public static final SqlPrefixOperator NEGATIVE =
            new SqlPrefixOperator("-", SqlKind.MINUS_PREFIX, SIGN, null, null, null);

    /** {@code a->b}, or {@code (a).b}; the right side is an identifier. */
    public static final SqlBinaryOperator MEMBER = binary("->", ACCESS);

    /** {@code a[i]}. */
    public static final SqlBinaryOperator INDEX = new Subscript("[]") {
        @Override
        void subscript(SqlWriter writer, SqlNode index) {
            index.unparse(writer, 0, 0);
        }
    };

    /** {@code a[i:j]}; the right side is a list of both bounds, NULL literals for those left out. */
    public static final SqlBinaryOperator SLICE = new Subscript("[:]") {
        @Override
        void subscript(SqlWriter writer, SqlNode bounds) {
            SqlNodeList list = (SqlNodeList) bounds;
            list.get(0).unparse(writer, 0, 0);
            writer.print(":");
            list.get(1).unparse(writer, 0, 0);
        }
    };

    /** {@code a IN b}, where b is a value. */
    public static final SqlBinaryOperator IN_LIST = binary("IN", MEMBERSHIP);

    public static final SqlBinaryOperator NOT_IN_LIST = binary("NOT IN", MEMBERSHIP);

    public static final SqlBinaryOperator BITWISE_OR = binary("|", ADDITION);

    /** Marks an item of a SELECT list that is not put out. */
    public static final SqlPostfixOperator INVISIBLE =
            new SqlPostfixOperator("INVISIBLE", SqlKind.OTHER, ITEM, null, null, null);

    /** The word before the escape character of LIKE, which Calcite's own takes for an operator where there is no LIKE. */
    public static final SqlSpecialOperator ESCAPE = new SqlSpecialOperator("ESCAPE", SqlKind.ESCAPE, 0) {
        @Override
        public ReduceResult reduceExpr(int ordinal, TokenSequence list) {
            throw new SyntaxException(
                    "ESCAPE follows the pattern of LIKE, which can be put in parentheses", Place.of(list.pos(ordinal)));
        }
    };

    private GrammarOperators() {}

    /** An operator whose right side stands in brackets. */
    private abstract static class Subscript extends SqlBinaryOperator {
        Subscript(String name) {
            super(name, SqlKind.OTHER, ACCESS, true, null, null, null);
        }

        abstract void subscript(SqlWriter writer, SqlNode right);

        @Override
        public final void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, getLeftPrec());
            SqlWriter.Frame frame = writer.startList("[", "]");
            subscript(writer, call.operand(1));
            writer.endList(frame);
        }
    }

    private static SqlBinaryOperator binary(String name, int precedence) {
        return new SqlBinaryOperator(name, SqlKind.OTHER, precedence, true, null, null, null);
    }

    public static SqlNode bounds(@Nullable SqlNode from, @Nullable SqlNode to, SqlParserPos position) {
        SqlNode none = SqlLiteral.createNull(position);
        return new SqlNodeList(Arrays.asList(from == null ? none : from, to == null ? none : to), position);
    }
}
