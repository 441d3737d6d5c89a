package io.varuna.sql.parser;

import io.varuna.sql.parser.generated.RuleParserConstants;
import io.varuna.sql.parser.generated.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns keywords into names where the rule grammar has no use for the keyword.
 *
 * <p>Calcite reserves hundreds of words, among them {@code value}, {@code user} and {@code timestamp}, which are common names
 * in messages. In the rule grammar a few words are reserved and a few more have a meaning in places where no name can be. As a
 * name that follows a name would make the other keywords ambiguous, it needs AS there, except in FROM.
 */
final class SoftKeywords implements RuleParserConstants {
    private static final BitSet RESERVED = kinds(
            SELECT, AS, FROM, WHERE, AND, OR, GROUP, HAVING, ORDER, BY, DESC, ASC, FILTER, INNER, LEFT, RIGHT, FULL,
            CROSS, JOIN, ON, CASE, WHEN, THEN, DEFAULT_, ELSE, END, IN, NOT, BETWEEN, LIKE, OVER, PARTITION, REPLACE,
            EXCEPT, INVISIBLE, TRUE, FALSE, LIMIT, NULL);
    private static final BitSet AFTER_OPERAND = kinds(IS, UNION, INTERSECT, OFFSET, ESCAPE, USING, EXCLUDE);
    private static final BitSet STATEMENTS = kinds(
            CREATE, OR, REPLACE, DROP, SHOW, DESCRIBE, EXPLAIN, STREAM, STREAMS, TABLE, TABLES, IF, NOT, EXISTS, WITH);
    private static final BitSet IN_DECLARATIONS = kinds(DEFAULT_, TRUE, FALSE, NULL);

    private final List<Token> tokens;
    private final List<Token> result = new ArrayList<>();
    // the last word of FROM, SELECT and the like, for each open parenthesis
    private final Deque<Integer> clauses = new ArrayDeque<>();
    private final boolean rule;
    // how many parentheses are open inside of each CAST whose AS is still to come
    private final Deque<Integer> casts = new ArrayDeque<>();
    private int typeDepth = Integer.MAX_VALUE;

    private SoftKeywords(List<Token> tokens, boolean rule) {
        this.tokens = tokens;
        this.rule = rule;
        clauses.push(EOF);
    }

    /** Returns the tokens as the rule grammar wants them, or null where it does not take the text. */
    static @Nullable List<Token> forRule(List<Token> tokens) {
        return new SoftKeywords(tokens, true).run();
    }

    /** Returns the tokens of a statement about streams. */
    static List<Token> forDeclaration(List<Token> tokens) {
        List<Token> result = new SoftKeywords(tokens, false).run();
        return result == null ? tokens : result;
    }

    private @Nullable List<Token> run() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = copy(tokens.get(i));
            int previous = i == 0 ? EOF : result.get(i - 1).kind;
            if (Tokens.isKeyword(token)
                    && !(rule ? staysInRule(i, token.kind, previous) : staysInDeclaration(token.kind, previous))) {
                token.kind = IDENTIFIER;
            }
            if (rule && Tokens.isName(token.kind) && Tokens.isName(previous) && !isFrom(clauses.getFirst())) {
                return null;
            }
            result.add(token);
            follow(token.kind);
        }
        return result;
    }

    private static boolean isFrom(int clause) {
        return clause == FROM || clause == JOIN;
    }

    private void follow(int kind) {
        switch (kind) {
            case LPAREN -> clauses.push(EOF);
            case RPAREN -> {
                if (clauses.size() > 1) {
                    clauses.pop();
                }
                if (clauses.size() < typeDepth) {
                    typeDepth = Integer.MAX_VALUE;
                }
            }
            case AS -> {
                if (!casts.isEmpty() && casts.getFirst() == clauses.size()) {
                    typeDepth = casts.pop();
                }
            }
            case SELECT, FROM, JOIN, ON, WHERE, GROUP, HAVING, ORDER, LIMIT -> {
                clauses.pop();
                clauses.push(kind);
            }
            case COMMA -> {
                if (clauses.getFirst() == ON) {
                    // the next member of FROM
                    clauses.pop();
                    clauses.push(FROM);
                }
            }
            case SEMICOLON -> {
                clauses.clear();
                clauses.push(EOF);
            }
            default -> {
                // other tokens open no clause
            }
        }
    }

    private boolean staysInDeclaration(int kind, int previous) {
        boolean name = (previous == STREAM || previous == TABLE || previous == EXISTS) && kind != IF;
        return !name && (clauses.size() > 1 ? IN_DECLARATIONS : STATEMENTS).get(kind);
    }

    private boolean staysInRule(int i, int kind, int previous) {
        int next = i + 1 < tokens.size() ? tokens.get(i + 1).kind : EOF;
        if (previous == DOT || previous == LAMBDA) {
            return false;
        }
        if (clauses.size() >= typeDepth) {
            return true;
        }
        if (kind == CAST && next == LPAREN && castHasType(i + 2)) {
            casts.push(clauses.size() + 1);
            return true;
        }
        if (previous == AS) {
            return false;
        }
        if (RESERVED.get(kind)) {
            return true;
        }
        return switch (kind) {
            case WITH, EXPLAIN -> i == 0 || previous == SEMICOLON || previous == EXPLAIN;
            case DISTINCT, ALL -> (kind == ALL && isBeforeQuery(i, previous))
                    || startsOperand(i + 1)
                            && (previous == SELECT
                                    || previous == LPAREN
                                    || previous == UNION
                                    || previous == INTERSECT
                                    || previous == EXCEPT)
                    || (kind == DISTINCT && (previous == IS || (previous == NOT && isAfter(i, IS))));
            case ANY, SOME -> isBeforeQuery(i, previous);
            case EXISTS -> next == LPAREN && i + 2 < tokens.size() && tokens.get(i + 2).kind == SELECT;
            case NATURAL -> next == JOIN || next == INNER || next == LEFT || next == RIGHT || next == FULL;
            case OUTER -> previous == LEFT || previous == RIGHT || previous == FULL;
            case NULLS -> (Tokens.endsOperand(previous) || previous == ASC || previous == DESC)
                    && (next == FIRST || next == LAST);
            case FIRST, LAST -> previous == NULLS;
            case UNKNOWN -> previous == IS || (previous == NOT && isAfter(i, IS));
            default -> AFTER_OPERAND.get(kind)
                    && (Tokens.endsOperand(previous) || previous == STAR || endsTopic(previous));
        };
    }

    /** Tells whether a word is as ANY in {@code a > ANY (SELECT ...)}. */
    private boolean isBeforeQuery(int i, int previous) {
        return (previous == EQ
                        || previous == NE
                        || previous == NE2
                        || previous == LT
                        || previous == LE
                        || previous == GT
                        || previous == GE)
                && i + 2 < tokens.size()
                && tokens.get(i + 1).kind == LPAREN
                && tokens.get(i + 2).kind == SELECT;
    }

    private boolean endsTopic(int kind) {
        return isFrom(clauses.getFirst()) && (kind == HASH || kind == PLUS || kind == SLASH);
    }

    private boolean isAfter(int i, int kind) {
        return i >= 2 && result.get(i - 2).kind == kind;
    }

    private boolean startsOperand(int i) {
        Token token = tokens.get(i);
        return token.kind != FROM
                && (Tokens.isName(token.kind)
                        || Tokens.isLiteral(token.kind)
                        || Tokens.isKeyword(token)
                        || token.kind == STAR
                        || token.kind == LPAREN
                        || token.kind == MINUS);
    }

    /** Tells whether there is an AS in the parenthesis that is open at the token. */
    private boolean castHasType(int from) {
        int depth = 1;
        for (int i = from; i < tokens.size() && depth > 0; i++) {
            switch (tokens.get(i).kind) {
                case LPAREN -> depth++;
                case RPAREN -> depth--;
                case AS -> {
                    if (depth == 1) {
                        return true;
                    }
                }
                default -> {
                    // part of the value
                }
            }
        }
        return false;
    }

    static Token copy(Token token) {
        Token copy = Token.newToken(token.kind);
        copy.kind = token.kind;
        copy.image = token.image;
        copy.beginLine = token.beginLine;
        copy.beginColumn = token.beginColumn;
        copy.endLine = token.endLine;
        copy.endColumn = token.endColumn;
        copy.specialToken = token.specialToken;
        return copy;
    }

    private static BitSet kinds(int... kinds) {
        BitSet set = new BitSet();
        for (int kind : kinds) {
            set.set(kind);
        }
        return set;
    }
}
