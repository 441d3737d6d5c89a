package io.varuna.sql;

import io.varuna.api.error.StandardError;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Finds the columns of both sides by which USING and NATURAL join. */
final class SharedColumns {
    private final List<Source> left;
    private final Source right;
    private final StatementText text;

    SharedColumns(List<Source> left, Source right, StatementText text) {
        this.left = List.copyOf(left);
        this.right = right;
        this.text = text;
    }

    /** Returns the columns that USING names, or, of NATURAL, all that both sides have. */
    List<SqlIdentifier> of(SqlJoin join) {
        List<SqlIdentifier> shared = new ArrayList<>();
        if (join.getConditionType() == JoinConditionType.USING && join.getCondition() instanceof SqlNodeList names) {
            names.forEach(name -> shared.add((SqlIdentifier) name));
        }
        if (join.isNatural()) {
            SqlParserPos position = join.getRight().getParserPosition();
            right.schema().names().stream()
                    .filter(name -> left.stream()
                            .anyMatch(source -> source.schema().names().contains(name)))
                    .forEach(name -> shared.add(new SqlIdentifier(name, position)));
            if (shared.isEmpty()) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "NATURAL joins by the columns of one name, of which both sides declare none. Write ON a.id = b.id",
                        join.getRight());
            }
        }
        return shared;
    }

    /** Returns the condition that the shared columns are equal. */
    @Nullable
    SqlNode equal(List<SqlIdentifier> shared) {
        List<SqlNode> equal = new ArrayList<>();
        for (SqlIdentifier name : shared) {
            Source owner = left.stream()
                    .filter(source -> source.has(name.getSimple()))
                    .findFirst()
                    .orElseThrow(() -> notShared(name, left));
            if (!right.has(name.getSimple())) {
                throw notShared(name, List.of(right));
            }
            equal.add(SqlStdOperatorTable.EQUALS.createCall(
                    name.getParserPosition(), qualified(owner, name), qualified(right, name)));
        }
        return Calls.and(equal);
    }

    private static SqlIdentifier qualified(Source source, SqlIdentifier name) {
        SqlParserPos position = name.getParserPosition();
        return new SqlIdentifier(
                List.of(source.alias(), name.getSimple()), null, position, List.of(position, position));
    }

    private RuntimeException notShared(SqlIdentifier name, List<Source> sources) {
        return text.error(
                StandardError.COLUMN_NOT_FOUND,
                "There is no column '" + name + "' in "
                        + String.join(
                                ", ",
                                sources.stream()
                                        .map(source -> source.relation().describe())
                                        .toList()),
                name);
    }
}
