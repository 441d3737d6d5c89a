package io.varuna.sql.parser;

import io.varuna.sql.parser.generated.RuleParserConstants;
import io.varuna.sql.parser.generated.RuleParserTokenManager;
import io.varuna.sql.parser.generated.SimpleCharStream;
import io.varuna.sql.parser.generated.Token;
import io.varuna.sql.parser.generated.TokenMgrError;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a text into tokens, and refuses one that is too large for the parser. The last token is EOF. */
final class Tokens implements RuleParserConstants {
    static final int MOST_CHARACTERS = 100_000;
    static final int MOST_TOKENS = 10_000;
    static final int DEEPEST = 64;

    private static final Pattern LEXICAL_ERROR = Pattern.compile("line (\\d+), column (\\d+)");

    private Tokens() {}

    /** A tab is one character, as in the text that an error points into. */
    private static final class Characters extends SimpleCharStream {
        Characters(String text) {
            super(new StringReader(text), 1, 1);
            setTabSize(1);
        }
    }

    static List<Token> of(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw SyntaxException.tooComplex(
                    "The statement has " + text.length() + " characters; " + MOST_CHARACTERS + " are the most",
                    new Place(1, 1, 1, 1));
        }
        RuleParserTokenManager lexer = new RuleParserTokenManager(new Characters(text));
        lexer.SwitchTo(BQID);
        List<Token> tokens = new ArrayList<>();
        int depth = 0;
        Token token;
        do {
            token = next(lexer, text);
            tokens.add(token);
            depth += nesting(token.kind);
            if (depth > DEEPEST || tokens.size() > MOST_TOKENS) {
                throw SyntaxException.tooComplex(
                        depth > DEEPEST
                                ? "The statement is nested more than " + DEEPEST + " deep"
                                : "The statement has more than " + MOST_TOKENS + " words",
                        place(token));
            }
        } while (token.kind != EOF);
        return tokens;
    }

    private static int nesting(int kind) {
        return switch (kind) {
            case LPAREN, LBRACKET, CASE -> 1;
            case RPAREN, RBRACKET, END -> -1;
            default -> 0;
        };
    }

    private static Token next(RuleParserTokenManager lexer, String text) {
        Token token;
        try {
            token = lexer.getNextToken();
        } catch (TokenMgrError e) {
            throw unreadable(e, text);
        }
        if (token.kind == QUOTE || token.kind == DOUBLE_QUOTE) {
            throw new SyntaxException(
                    "The text that starts here has no end; close it with " + token.image, place(token));
        }
        return token;
    }

    private static SyntaxException unreadable(TokenMgrError error, String text) {
        Matcher matcher = LEXICAL_ERROR.matcher(String.valueOf(error.getMessage()));
        int line = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
        int column = matcher.hitEnd() ? 1 : Integer.parseInt(matcher.group(2));
        String[] lines = text.split("\r\n|\r|\n", -1);
        String at = line <= lines.length && column <= lines[line - 1].length()
                ? lines[line - 1].substring(column - 1, lines[line - 1].offsetByCodePoints(column - 1, 1))
                : "";
        if (at.isEmpty() || at.equals("`")) {
            return new SyntaxException(
                    text.contains("/*") && !text.contains("*/")
                            ? "The comment has no end; close it with */"
                            : "The name in back-ticks has no end; close it with `",
                    new Place(Math.max(1, line), Math.max(1, column), Math.max(1, line), Math.max(1, column)));
        }
        return new SyntaxException(
                "The character '" + at + "' has no meaning here. Put names with special characters in back-ticks",
                new Place(line, column, line, column));
    }

    static Place place(Token token) {
        int endColumn =
                token.endLine == token.beginLine ? Math.max(token.beginColumn, token.endColumn) : token.endColumn;
        return new Place(
                Math.max(1, token.beginLine),
                Math.max(1, token.beginColumn),
                Math.max(1, token.endLine),
                Math.max(1, endColumn));
    }

    /** Tells whether the token is a keyword: a word that is neither a plain nor a quoted name. */
    static boolean isKeyword(Token token) {
        return token.kind != IDENTIFIER && token.kind != EOF && isWord(token.image);
    }

    private static boolean isWord(String image) {
        return !image.isEmpty()
                && (Character.isLetter(image.charAt(0)) || image.charAt(0) == '_')
                && image.indexOf('\'') < 0;
    }

    static boolean isName(int kind) {
        return kind == IDENTIFIER || kind == BIG_QUERY_BACK_QUOTED_IDENTIFIER;
    }

    /** Tells whether an operand may end with a token of this kind. */
    static boolean endsOperand(int kind) {
        return isName(kind)
                || isLiteral(kind)
                || switch (kind) {
                    case RPAREN, RBRACKET, END, NULL, TRUE, FALSE -> true;
                    default -> false;
                };
    }

    static boolean isLiteral(int kind) {
        return switch (kind) {
            case UNSIGNED_INTEGER_LITERAL,
                    DECIMAL_NUMERIC_LITERAL,
                    APPROX_NUMERIC_LITERAL,
                    BIG_QUERY_QUOTED_STRING,
                    BIG_QUERY_DOUBLE_QUOTED_STRING -> true;
            default -> false;
        };
    }
}
