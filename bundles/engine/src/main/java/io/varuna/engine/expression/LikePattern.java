package io.varuna.engine.expression;

import java.util.Arrays;

/**
 * A pattern of LIKE: {@code %} stands for any text, {@code _} for any character. A comparison takes no more steps than the
 * text has characters times those of the pattern, whatever both are: they may come from data. Immutable.
 */
final class LikePattern {
    private static final int ANY_CHARACTER = -1;
    private static final int ANY_TEXT = -2;

    /** Characters, and wildcards as negative numbers. */
    private final int[] parts;

    private LikePattern(int[] parts) {
        this.parts = parts;
    }

    /** Reads a pattern; the escape is a text of one character, or empty for none. */
    static LikePattern of(String like, String escaping) {
        if (escaping.codePointCount(0, escaping.length()) > 1) {
            throw Evaluator.failure("ESCAPE takes one character, not '" + escaping + "'");
        }
        int escape = escaping.isEmpty() ? ANY_CHARACTER : escaping.codePointAt(0);
        int[] letters = like.codePoints().toArray();
        int[] parts = new int[letters.length];
        int size = 0;
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == escape) {
                if (++i == letters.length) {
                    throw Evaluator.failure("LIKE pattern '" + like + "' ends with its escape character");
                }
                parts[size++] = letters[i];
            } else {
                parts[size++] = part(letters[i]);
            }
        }
        return new LikePattern(Arrays.copyOf(parts, size));
    }

    private static int part(int letter) {
        return switch (letter) {
            case '%' -> ANY_TEXT;
            case '_' -> ANY_CHARACTER;
            default -> letter;
        };
    }

    boolean matches(String text) {
        int part = 0;
        int at = 0;
        // where the last wildcard for a text is, and where what follows it was tried: an earlier one need not grow
        // again
        int wildcard = -1;
        int tried = 0;
        while (at < text.length()) {
            if (part < parts.length && parts[part] == ANY_TEXT) {
                wildcard = part++;
                tried = at;
            } else if (part < parts.length && fits(parts[part], text.codePointAt(at))) {
                part++;
                at = next(text, at);
            } else if (wildcard >= 0) {
                tried = next(text, tried);
                at = tried;
                part = wildcard + 1;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == ANY_TEXT) {
            part++;
        }
        return part == parts.length;
    }

    private static boolean fits(int part, int letter) {
        return part == ANY_CHARACTER || part == letter;
    }

    private static int next(String text, int at) {
        return at + Character.charCount(text.codePointAt(at));
    }
}
