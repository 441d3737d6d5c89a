package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.RulePlan;
import io.varuna.sql.parser.Grammar;
import io.varuna.sql.parser.Place;
import io.varuna.sql.parser.Statement;
import io.varuna.sql.parser.StatementParser;
import io.varuna.sql.parser.StatementParser.Parsed;
import io.varuna.sql.parser.SyntaxException;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Compiles statements. Thread-safe; what is wrong with a text is told by a {@link StatementException}. */
public final class SqlCompiler {
    private final Catalog catalog;

    /** Creates a compiler that looks up names in a catalogue, each time anew. */
    public SqlCompiler(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Reads a statement about streams or tables. */
    public StreamStatement statement(String sql) {
        StatementText text = new StatementText(sql);
        Statement statement = parse(text, Grammar.AUTO).statement();
        if (statement instanceof Statement.Create create) {
            return new StreamStatements(text).create(create);
        }
        if (statement instanceof Statement.Drop drop) {
            return new StreamStatement.Drop(drop.table(), drop.name().text(), drop.ifExists());
        }
        if (statement instanceof Statement.Show show) {
            return new StreamStatement.Show(show.tables());
        }
        if (statement instanceof Statement.Describe describe) {
            return new StreamStatement.Describe(
                    describe.table(), describe.name().text());
        }
        if (statement instanceof Statement.Explain explain) {
            return new StreamStatement.Explain(explain.table(), explain.name().text());
        }
        throw text.error(
                StandardError.SYNTAX_ERROR,
                "A statement about streams is needed: CREATE, DROP, SHOW, DESCRIBE or EXPLAIN. A query belongs into a rule",
                new Place(1, 1, 1, 1));
    }

    /**
     * Compiles a query to a plan.
     *
     * @param eventTime whether the rows are in the order of their event time; otherwise in that of their arrival
     */
    public RulePlan compile(String select, Dialect dialect, boolean eventTime) {
        StatementText text = new StatementText(select);
        Parsed parsed = parse(text, grammar(dialect));
        SqlNode query;
        if (parsed.statement() instanceof Statement.Query statement) {
            query = statement.node();
        } else if (parsed.statement() instanceof Statement.ExplainQuery statement) {
            query = statement.node();
        } else {
            throw text.error(
                    StandardError.SYNTAX_ERROR, "A rule is a query. It starts with SELECT", new Place(1, 1, 1, 1));
        }
        Dialect found = parsed.grammar() == Grammar.RULE ? Dialect.RULE : Dialect.STANDARD;
        try {
            return new QueryCompiler(catalog, found, eventTime, text).compile(query);
        } catch (CalciteContextException e) {
            throw refused(text, e);
        } catch (SyntaxException e) {
            throw text.error(e);
        } catch (StackOverflowError e) {
            // long chains of operators are deep trees, which Calcite walks by recursion
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX, "The query is nested too deep", new Place(1, 1, 1, 1));
        }
    }

    private static Parsed parse(StatementText text, Grammar grammar) {
        try {
            return StatementParser.parse(text.text(), grammar);
        } catch (SyntaxException e) {
            throw text.error(e);
        }
    }

    private static Grammar grammar(Dialect dialect) {
        return switch (dialect) {
            case AUTO -> Grammar.AUTO;
            case RULE -> Grammar.RULE;
            case STANDARD -> Grammar.STANDARD;
        };
    }

    private static StatementException refused(StatementText text, CalciteContextException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        SqlParserPos position =
                new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
        return text.error(StandardError.INVALID_RULE, String.valueOf(cause.getMessage()), position);
    }
}
