package io.varuna.sql.parser;

import io.varuna.sql.parser.generated.ParseException;
import io.varuna.sql.parser.generated.RuleParser;
import io.varuna.sql.parser.generated.RuleParserConstants;
import io.varuna.sql.parser.generated.Token;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements.
 *
 * <p>A query is tried with the rule grammar first, whose few reserved words leave most names free, and then with the whole
 * grammar. Statements about streams have one grammar.
 */
public final class StatementParser {
    private static final SqlConformance CONFORMANCE = new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isColonFieldAccessAllowed() {
            // a[i:j] is a slice
            return false;
        }
    };
    private static final int LONGEST_NAME = 256;

    private StatementParser() {}

    /**
     * A statement and the grammar it is of.
     *
     * @param grammar RULE or STANDARD
     */
    public record Parsed(Statement statement, Grammar grammar) {}

    /** Reads one statement, which a semicolon may end. */
    public static Parsed parse(String text, Grammar grammar) {
        List<Token> tokens = Tokens.of(text);
        return parse(tokens, grammar, RuleParser::StatementEof);
    }

    /** Reads statements with semicolons between them. */
    public static List<Statement> parseAll(String text, Grammar grammar) {
        List<Token> tokens = Tokens.of(text);
        return parseTokens(tokens, grammar, RuleParser::StatementListEof).value();
    }

    private static Parsed parse(List<Token> tokens, Grammar grammar, Production<Statement> production) {
        Result<Statement> result = parseTokens(tokens, grammar, production);
        return new Parsed(result.value(), result.grammar());
    }

    private static <T> Result<T> parseTokens(List<Token> tokens, Grammar grammar, Production<T> production) {
        switch (tokens.get(0).kind) {
            case RuleParserConstants.CREATE,
                    RuleParserConstants.DROP,
                    RuleParserConstants.SHOW,
                    RuleParserConstants.DESCRIBE -> {
                return new Result<>(run(SoftKeywords.forDeclaration(tokens), production), Grammar.RULE);
            }
            case RuleParserConstants.EXPLAIN -> {
                int next = tokens.get(1).kind;
                if (next == RuleParserConstants.STREAM || next == RuleParserConstants.TABLE) {
                    return new Result<>(run(SoftKeywords.forDeclaration(tokens), production), Grammar.RULE);
                }
            }
            case RuleParserConstants.SELECT, RuleParserConstants.WITH, RuleParserConstants.LPAREN -> {
                // a query
            }
            default -> throw SyntaxErrors.noStatement(tokens.get(0));
        }
        SyntaxException failure = null;
        if (grammar != Grammar.STANDARD) {
            List<Token> softened = SoftKeywords.forRule(tokens);
            if (softened != null) {
                try {
                    return new Result<>(run(softened, production), Grammar.RULE);
                } catch (SyntaxException e) {
                    failure = e;
                }
            }
        }
        // a text in the rule dialect may still need the other grammar, say for INTERVAL
        try {
            T statement = run(tokens.stream().map(SoftKeywords::copy).toList(), production);
            return new Result<>(statement, grammar == Grammar.RULE ? Grammar.RULE : Grammar.STANDARD);
        } catch (SyntaxException e) {
            throw failure == null || isAfter(e.place(), failure.place()) ? e : failure;
        }
    }

    private static boolean isAfter(Place place, Place other) {
        return place.line() > other.line() || (place.line() == other.line() && place.column() > other.column());
    }

    private static <T> T run(List<Token> tokens, Production<T> production) {
        RuleParser parser = new RuleParser(new TokenReplay(tokens));
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(LONGEST_NAME);
        parser.setConformance(CONFORMANCE);
        try {
            return production.parse(parser);
        } catch (ParseException e) {
            throw SyntaxErrors.of(e, tokens);
        } catch (CalciteContextException e) {
            throw new SyntaxException(message(e), place(e));
        } catch (StackOverflowError e) {
            // the limits on size do not bound chains of operators in every place of the grammar
            throw SyntaxException.tooComplex("The statement is nested too deep", Tokens.place(tokens.get(0)));
        }
    }

    private static String message(CalciteContextException e) {
        Throwable cause = e.getCause();
        @Nullable String message = cause == null ? e.getMessage() : cause.getMessage();
        return message == null ? "The statement is not valid" : message;
    }

    private static Place place(CalciteContextException e) {
        return Place.of(new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn()));
    }

    private record Result<T>(T value, Grammar grammar) {}

    private interface Production<T> {
        T parse(RuleParser parser) throws ParseException;
    }
}
