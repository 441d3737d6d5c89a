package io.varuna.testkit.golden;

import java.util.ArrayList;
import java.util.List;

/** Splits texts at a separator, except within quotes and brackets. */
final class TextSplitter {
    private TextSplitter() {}

    /** Returns the parts, stripped; an empty text has one empty part. A quote is closed by a single one; two stand for one. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' && (quoted || opensQuote(text, i, start))) {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == '{')) {
                depth++;
            } else if (!quoted && (c == ']' || c == '}')) {
                depth--;
            } else if (!quoted && depth <= 0 && c == separator) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** An apostrophe within a word is no quote; one at the start of a value, or after another quote, is. */
    private static boolean opensQuote(String text, int at, int start) {
        if (at == start) {
            return true;
        }
        char before = text.charAt(at - 1);
        return Character.isWhitespace(before)
                || "'[{(=,:|".indexOf(before) >= 0
                || (before == 'x' && isStart(text, at - 1, start));
    }

    private static boolean isStart(String text, int at, int start) {
        return at == start || Character.isWhitespace(text.charAt(at - 1)) || "[{,:|".indexOf(text.charAt(at - 1)) >= 0;
    }
}
