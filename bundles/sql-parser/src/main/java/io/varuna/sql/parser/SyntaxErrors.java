package io.varuna.sql.parser;

import io.varuna.api.error.NearestName;
import io.varuna.sql.parser.generated.ParseException;
import io.varuna.sql.parser.generated.RuleParserConstants;
import io.varuna.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Words for what the parser did not expect. */
final class SyntaxErrors implements RuleParserConstants {
    private static final String STATEMENTS =
            "A statement starts with SELECT, WITH, CREATE, DROP, SHOW, DESCRIBE or EXPLAIN";
    private static final List<String> CLAUSES =
            List.of("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "JOIN", "INNER", "LEFT", "CROSS");
    private static final Set<String> KEYWORDS = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "JOIN",
            "INNER",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "AND",
            "BETWEEN",
            "LIKE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "OVER",
            "PARTITION",
            "FILTER",
            "EXCEPT",
            "REPLACE",
            "INVISIBLE",
            "STREAM",
            "TABLE",
            "STREAMS",
            "TABLES",
            "WITH",
            "DEFAULT",
            "UNION",
            "NULL",
            "DISTINCT");
    // what is worth telling, in this order
    private static final int[] TELLING = {
        FROM, STREAM, TABLE, STREAMS, TABLES, WITH, EQ, BY, AS, AND, WHEN, THEN, END, JOIN, ON, LPAREN, COMMA, RPAREN,
        RBRACKET, WHERE, GROUP,
    };
    private static final int MOST_TOLD = 5;

    private SyntaxErrors() {}

    static SyntaxException noStatement(Token first) {
        if (first.kind == EOF) {
            return new SyntaxException("The statement is empty. " + STATEMENTS, Tokens.place(first));
        }
        String elsewhere = OtherDialects.statement(first);
        if (!elsewhere.isEmpty()) {
            return new SyntaxException("'" + first.image + "' is no statement." + elsewhere, Tokens.place(first));
        }
        String near = nearest(first.image, List.of("SELECT", "WITH", "CREATE", "DROP", "SHOW", "DESCRIBE", "EXPLAIN"));
        return new SyntaxException(
                near.isEmpty()
                        ? "'" + first.image + "' is no statement. " + STATEMENTS
                        : "'" + first.image + "' is no statement. Did you mean " + near + "?",
                Tokens.place(first));
    }

    static SyntaxException of(ParseException e, List<Token> tokens) {
        Token first = e.currentToken == null || e.currentToken.next == null ? tokens.get(0) : e.currentToken.next;
        int at = indexOf(tokens, first);
        List<int[]> sequences = e.expectedTokenSequences == null ? List.of() : List.of(e.expectedTokenSequences);
        // the parser looks ahead: what it did not expect may come after the first token it looked at
        int ahead = 0;
        while (at + 1 < tokens.size()) {
            int depth = ahead;
            int kind = tokens.get(at).kind;
            List<int[]> longer = sequences.stream()
                    .filter(s -> s.length > depth + 1 && s[depth] == kind)
                    .toList();
            if (longer.isEmpty()) {
                break;
            }
            sequences = longer;
            ahead++;
            at++;
        }
        BitSet expected = new BitSet();
        for (int[] sequence : sequences) {
            expected.set(sequence[ahead]);
        }
        Token met = tokens.get(at);
        Token previous = at > 0 ? tokens.get(at - 1) : met;
        if (Tokens.isName(met.kind) && previous.kind == IDENTIFIER) {
            String near = nearest(previous.image, CLAUSES);
            if (!near.isEmpty()) {
                return new SyntaxException(
                        describe(previous) + " is not expected here. Did you mean " + near + "?",
                        Tokens.place(previous));
            }
        }
        return new SyntaxException(
                describe(met) + " is not expected here" + afterWord(previous, at) + "."
                        + hint(met, previous, tokens, at, expected),
                Tokens.place(met.kind == EOF && at > 0 ? previous : met));
    }

    private static int indexOf(List<Token> tokens, Token token) {
        for (int i = 0; i < tokens.size(); i++) {
            Token other = tokens.get(i);
            if (other.beginLine == token.beginLine
                    && other.beginColumn == token.beginColumn
                    && other.kind == token.kind) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    private static String describe(Token token) {
        return token.kind == EOF ? "The end of the statement" : "'" + token.image + "'";
    }

    private static String afterWord(Token previous, int at) {
        return at == 0 ? "" : ", after '" + previous.image + "'";
    }

    private static String hint(Token met, Token previous, List<Token> tokens, int at, BitSet expected) {
        String elsewhere = OtherDialects.hint(tokens, at);
        if (!elsewhere.isEmpty()) {
            return elsewhere;
        }
        if (met.kind == EQ && previous.kind == EQ) {
            return " Write one '=' to compare";
        }
        if (previous.kind == COMMA && (met.kind == FROM || met.kind == RPAREN || met.kind == EOF)) {
            return " Remove the comma before it";
        }
        if (met.kind == RPAREN && previous.kind == LPAREN && at > 1 && tokens.get(at - 2).kind == IN) {
            return " IN needs at least one value in its parentheses";
        }
        if (met.kind == RPAREN && open(tokens, at) == 0) {
            return " No parenthesis is open; remove it";
        }
        if (met.kind == EOF && open(tokens, at) > 0) {
            return " A parenthesis is open; close it with ')'";
        }
        if (previous.kind == EQ
                && at > 1
                && takesLiteral(expected)
                && (Tokens.isName(met.kind) || Tokens.isKeyword(met))) {
            return " Values are written in quotes: " + tokens.get(at - 2).image + "='" + unquoted(tokens, at) + "'";
        }
        if (met.kind == UNSIGNED_INTEGER_LITERAL && Tokens.isName(previous.kind)) {
            return " Put a name with special characters in back-ticks";
        }
        if (expected.get(IDENTIFIER) && Tokens.isKeyword(met) && previous.kind != RPAREN) {
            return " '" + met.image + "' is a reserved word; write the name as `" + met.image + "`";
        }
        String near = Tokens.isName(met.kind) || Tokens.isKeyword(met) ? nearest(met.image, names(expected)) : "";
        if (!near.isEmpty() && !near.equalsIgnoreCase(met.image)) {
            return " Did you mean " + near + "?";
        }
        if (Tokens.isName(met.kind) && Tokens.isName(previous.kind) && expected.get(AS)) {
            return " Put AS before another name, or an operator or a comma between the two";
        }
        Set<String> told = told(expected);
        return told.isEmpty() ? "" : " Expected " + join(told);
    }

    private static boolean takesLiteral(BitSet expected) {
        return expected.get(BIG_QUERY_QUOTED_STRING) && !expected.get(IDENTIFIER);
    }

    /** Returns a value that was written without quotes, as far as it has no blank. */
    private static String unquoted(List<Token> tokens, int at) {
        StringBuilder value = new StringBuilder(tokens.get(at).image);
        for (int i = at + 1; i < tokens.size() && isPart(tokens.get(i), tokens.get(i - 1)); i++) {
            value.append(tokens.get(i).image);
        }
        return value.toString();
    }

    private static boolean isPart(Token token, Token before) {
        boolean adjacent = token.beginLine == before.endLine && token.beginColumn == before.endColumn + 1;
        return adjacent && token.kind != COMMA && token.kind != RPAREN && token.kind != SEMICOLON && token.kind != EOF;
    }

    private static int open(List<Token> tokens, int end) {
        int depth = 0;
        for (Token token : tokens.subList(0, end)) {
            depth += token.kind == LPAREN ? 1 : token.kind == RPAREN ? -1 : 0;
        }
        return depth;
    }

    private static Set<String> told(BitSet expected) {
        Set<String> told = new LinkedHashSet<>();
        if (expected.get(CASE) && expected.get(UNSIGNED_INTEGER_LITERAL)) {
            told.add("a value");
        } else if (takesLiteral(expected)) {
            told.add("a literal");
        } else if (expected.get(IDENTIFIER)) {
            told.add("a name");
        }
        for (int kind : TELLING) {
            boolean plain = (kind == STREAMS || kind == TABLES) && expected.get(IDENTIFIER);
            if (expected.get(kind) && !plain && told.size() < MOST_TOLD) {
                String name = name(kind);
                told.add(Character.isLetter(name.charAt(0)) ? name : "'" + name + "'");
            }
        }
        if (expected.get(PLUS) && expected.get(EQ) && told.size() < MOST_TOLD) {
            told.add("an operator");
        }
        if (expected.get(EOF) && told.size() < MOST_TOLD) {
            told.add("the end of the statement");
        }
        return told;
    }

    private static String join(Set<String> words) {
        List<String> list = List.copyOf(words);
        int last = list.size() - 1;
        return last == 0 ? list.get(0) : String.join(", ", list.subList(0, last)) + " or " + list.get(last);
    }

    private static List<String> names(BitSet kinds) {
        List<String> names = new ArrayList<>();
        kinds.stream().mapToObj(SyntaxErrors::name).filter(KEYWORDS::contains).forEach(names::add);
        return names;
    }

    private static String name(int kind) {
        // the parser's table has keywords in quotes, and the names of other tokens in angle brackets
        String image = tokenImage[kind];
        return image.startsWith("\"") ? image.substring(1, image.length() - 1) : "";
    }

    /** Returns the candidate that differs in at most two letters, and in fewer than half of them, or an empty text. */
    private static String nearest(String word, List<String> candidates) {
        return NearestName.of(word, candidates, Math.min(2, (word.length() - 1) / 2))
                .orElse("");
    }
}
