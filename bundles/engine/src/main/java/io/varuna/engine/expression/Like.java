package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a text with a pattern: {@code %} stands for any text, {@code _} for any character. */
final class Like extends Evaluator {
    private final Evaluator text;
    private final Evaluator pattern;
    private final @Nullable Evaluator escape;
    private final boolean positive;
    private final @Nullable Boolean unknown;
    private @Nullable String compiledText;
    private @Nullable String compiledEscape;
    private @Nullable Pattern compiled;

    private Like(
            Evaluator text,
            Evaluator pattern,
            @Nullable Evaluator escape,
            boolean positive,
            @Nullable Boolean unknown) {
        this.text = text;
        this.pattern = pattern;
        this.escape = escape;
        this.positive = positive;
        this.unknown = unknown;
    }

    static Evaluator of(Evaluator[] operands, boolean positive, boolean twoValued) {
        return new Like(
                operands[0],
                operands[1],
                operands.length > 2 ? operands[2] : null,
                positive,
                twoValued ? Boolean.FALSE : null);
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        String value = text(text.value(row, time));
        String like = text(pattern.value(row, time));
        String escaping = escape == null ? "" : text(escape.value(row, time));
        if (value == null || like == null || escaping == null) {
            return unknown;
        }
        return regex(like, escaping).matcher(value).matches() == positive;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw failure("LIKE takes texts, not " + Conversions.describe(value));
    }

    private Pattern regex(String like, String escaping) {
        if (compiled == null || !like.equals(compiledText) || !escaping.equals(compiledEscape)) {
            compiled = Pattern.compile(translate(like, escaping), Pattern.DOTALL);
            compiledText = like;
            compiledEscape = escaping;
        }
        return compiled;
    }

    private static String translate(String like, String escaping) {
        if (escaping.codePointCount(0, escaping.length()) > 1) {
            throw failure("ESCAPE takes one character, not '" + escaping + "'");
        }
        int escape = escaping.isEmpty() ? -1 : escaping.codePointAt(0);
        StringBuilder regex = new StringBuilder();
        int[] letters = like.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == escape) {
                if (++i == letters.length) {
                    throw failure("LIKE pattern '" + like + "' ends with its escape character");
                }
                regex.append(Pattern.quote(Character.toString(letters[i])));
            } else if (letters[i] == '%') {
                regex.append(".*");
            } else if (letters[i] == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(letters[i])));
            }
        }
        return regex.toString();
    }
}
