package io.varuna.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code * EXCEPT (a, b) REPLACE (c + 1 AS c)}. A star without changes is an identifier. */
public final class StarSelection extends SqlCall {
    private static final SqlOperator OPERATOR = new SqlSpecialOperator("*", SqlKind.OTHER);

    private final SqlIdentifier star;
    private final SqlNodeList excepts;
    private final SqlNodeList replacements;

    private StarSelection(SqlIdentifier star, SqlNodeList excepts, SqlNodeList replacements, SqlParserPos position) {
        super(position);
        this.star = star;
        this.excepts = excepts;
        this.replacements = replacements;
    }

    /** Returns the star itself where nothing is changed. */
    public static SqlNode create(
            SqlIdentifier star, List<SqlNode> excepts, List<SqlNode> replacements, SqlParserPos position) {
        if (excepts.isEmpty() && replacements.isEmpty()) {
            return star;
        }
        return new StarSelection(
                star,
                new SqlNodeList(excepts, position),
                new SqlNodeList(replacements, position),
                star.getParserPosition().plus(position));
    }

    public SqlIdentifier star() {
        return star;
    }

    /** Returns simple identifiers. */
    public SqlNodeList excepts() {
        return excepts;
    }

    /** Returns AS calls. */
    public SqlNodeList replacements() {
        return replacements;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        star.unparse(writer, 0, 0);
        change(writer, "EXCEPT", excepts);
        change(writer, "REPLACE", replacements);
    }

    private static void change(SqlWriter writer, String word, SqlNodeList list) {
        if (list.isEmpty()) {
            return;
        }
        writer.keyword(word);
        SqlWriter.Frame frame = writer.startList("(", ")");
        list.forEach(node -> {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        });
        writer.endList(frame);
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(star, excepts, replacements);
    }
}
