package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Operator;
import io.varuna.sql.parser.StarSelection;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads stars as the whole records that they stand for. */
final class Records {
    private final ExpressionRewriter expressions;
    private final Scope scope;
    private final StatementText text;
    private final Calls calls;

    Records(ExpressionRewriter expressions, Scope scope, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.scope = scope;
        this.text = text;
        this.calls = calls;
    }

    static boolean isStar(SqlNode node) {
        return node instanceof StarSelection || (node instanceof SqlIdentifier identifier && identifier.isStar());
    }

    /** Returns the whole record that a star stands for. */
    SqlNode of(SqlNode star, int item) {
        SqlParserPos position = star.getParserPosition();
        if (star instanceof StarSelection selection) {
            SqlNode record = of(selection.star(), item);
            if (!selection.excepts().isEmpty()) {
                List<SqlNode> operands = new ArrayList<>(List.of(record));
                selection
                        .excepts()
                        .forEach(name ->
                                operands.add(calls.text(((SqlIdentifier) name).getSimple(), name.getParserPosition())));
                record = calls.apply(Operator.EXCEPT, position, operands);
            }
            if (!selection.replacements().isEmpty()) {
                List<SqlNode> operands = new ArrayList<>(List.of(record));
                for (SqlNode replacement : selection.replacements()) {
                    SqlCall as = (SqlCall) replacement;
                    SqlIdentifier name = as.operand(1);
                    operands.add(calls.text(name.getSimple(), name.getParserPosition()));
                    operands.add(expressions.rewrite(as.operand(0), item));
                }
                record = calls.apply(Operator.REPLACE, position, operands);
            }
            return record;
        }
        SqlIdentifier identifier = (SqlIdentifier) star;
        if (identifier.names.size() > 1) {
            String alias = identifier.names.get(0);
            return record(source(alias, identifier), position);
        }
        List<SqlNode> records = new ArrayList<>();
        scope.sources().forEach(source -> records.add(record(source, position)));
        return records.size() == 1 ? records.get(0) : calls.apply(Operator.MERGE, position, records);
    }

    private SqlNode record(Source source, SqlParserPos position) {
        if (source.relation() instanceof Relation.Unnested unnested) {
            SqlNode element = scope.column(source, unnested.column(), position);
            return calls.apply(Operator.STRUCT, position, calls.text(unnested.column(), position), element);
        }
        return scope.column(source, Source.RECORD, position);
    }

    /** Returns the source with an alias, or fails. */
    Source source(String alias, SqlNode place) {
        return scope.source(alias)
                .orElseThrow(() -> text.error(
                        StandardError.STREAM_NOT_FOUND,
                        "There is no '" + alias + "' in FROM"
                                + StatementText.suggest(
                                        alias,
                                        scope.sources().stream()
                                                .map(Source::alias)
                                                .toList(),
                                        "There is"),
                        place));
    }
}
