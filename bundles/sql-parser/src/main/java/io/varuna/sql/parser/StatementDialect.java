package io.varuna.sql.parser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.jspecify.annotations.Nullable;

/** Writes nodes in the words that the grammar reads. All names are in back-ticks, as any of them may be reserved. */
final class StatementDialect extends SqlDialect {
    private static final StatementDialect INSTANCE = new StatementDialect();

    private StatementDialect() {
        super(EMPTY_CONTEXT);
    }

    static String write(SqlNode node) {
        return node.toSqlString(config -> config.withDialect(INSTANCE)
                        .withQuoteAllIdentifiers(true)
                        .withClauseStartsLine(false)
                        .withIndentation(0))
                .getSql();
    }

    static String quote(String name) {
        return INSTANCE.quoteIdentifier(name);
    }

    @Override
    public StringBuilder quoteIdentifier(StringBuilder text, String name) {
        return text.append('`').append(name.replace("`", "\\`")).append('`');
    }

    @Override
    public void quoteStringLiteral(StringBuilder text, @Nullable String charset, String value) {
        text.append(StringText.quote(value));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
        if (call.getOperator() instanceof SqlBetweenOperator between) {
            between(writer, call, between, rightPrecedence);
        } else if (call.getKind() == SqlKind.ROW && call.operandCount() > 1) {
            // the rule grammar takes ROW for the name of a function
            list(writer, call);
        } else if (call.getOperator().getName().startsWith("$")) {
            // as Calcite names windows of an older standard
            writer.print(call.getOperator().getName().substring(1));
            list(writer, call);
        } else {
            super.unparseCall(writer, call, leftPrecedence, rightPrecedence);
        }
    }

    private static void list(SqlWriter writer, SqlCall call) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode operand : call.getOperandList()) {
            writer.sep(",");
            operand.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    /** Leaves out the word ASYMMETRIC, which the rule grammar takes for a name. */
    private static void between(SqlWriter writer, SqlCall call, SqlBetweenOperator between, int rightPrecedence) {
        // LIKE binds as strong, but not the same way round
        int stronger = between.getRightPrec() + 1;
        SqlWriter.Frame frame = writer.startList("", "");
        call.operand(0).unparse(writer, stronger, stronger);
        writer.sep(between.isNegated() ? "NOT BETWEEN" : "BETWEEN");
        if (between.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            writer.keyword("SYMMETRIC");
        }
        call.operand(1).unparse(writer, stronger, stronger);
        writer.sep("AND");
        call.operand(2).unparse(writer, stronger, Math.max(stronger, rightPrecedence));
        writer.endList(frame);
    }

    @Override
    public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        unparseFetchUsingLimit(writer, offset, fetch);
    }
}
