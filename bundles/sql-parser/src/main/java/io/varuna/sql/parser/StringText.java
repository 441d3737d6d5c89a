package io.varuna.sql.parser;

import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads texts: escapes as in Go, and doubled quotes as in SQL. */
public final class StringText {
    private static final String ESCAPES =
            "It takes \\n, \\t, \\r, \\b, \\f, \\a, \\v, \\\\, \\', \\\", \\%, \\_, \\xHH,"
                    + " \\uHHHH and \\UHHHHHHHH; write a backslash as \\\\";

    private StringText() {}

    /** Returns the content of a literal that is still in its quotes. */
    public static String unquote(String image, SqlParserPos position) {
        char quote = image.charAt(0);
        StringBuilder text = new StringBuilder(image.length());
        int end = image.length() - 1;
        int i = 1;
        while (i < end) {
            char c = image.charAt(i);
            if (c == quote) {
                text.append(c);
                i += 2;
            } else if (c != '\\') {
                text.append(c);
                i++;
            } else {
                i = unescape(image, i + 1, text, position);
            }
        }
        return text.toString();
    }

    /** Returns a literal with the content, as {@link #unquote} reads it. */
    static String quote(String content) {
        StringBuilder literal = new StringBuilder("'");
        content.chars().forEach(c -> {
            switch (c) {
                case '\\', '\'' -> literal.append('\\').append((char) c);
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> literal.append((char) c);
            }
        });
        return literal.append('\'').toString();
    }

    private static int unescape(String image, int at, StringBuilder text, SqlParserPos position) {
        char c = image.charAt(at);
        switch (c) {
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case '\\', '\'', '"' -> text.append(c);
                // LIKE needs its escape character
            case '%', '_' -> text.append('\\').append(c);
            case 'x' -> text.appendCodePoint(number(image, at + 1, 2, 16, position));
            case 'u' -> text.appendCodePoint(number(image, at + 1, 4, 16, position));
            case 'U' -> text.appendCodePoint(number(image, at + 1, 8, 16, position));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> text.appendCodePoint(number(image, at, 3, 8, position));
            default -> throw new SyntaxException(
                    "The text has the unknown escape '\\" + c + "'. " + ESCAPES, Place.of(position));
        }
        return at
                + switch (c) {
                    case 'x', '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
                    case 'u' -> 5;
                    case 'U' -> 9;
                    default -> 1;
                };
    }

    private static int number(String image, int from, int digits, int radix, SqlParserPos position) {
        int to = from + digits;
        if (to < image.length()) {
            String number = image.substring(from, to);
            if (number.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
                long code = Long.parseLong(number, radix);
                if (code <= Character.MAX_CODE_POINT) {
                    return (int) code;
                }
            }
        }
        throw new SyntaxException("The text has an escape that is no character. " + ESCAPES, Place.of(position));
    }
}
