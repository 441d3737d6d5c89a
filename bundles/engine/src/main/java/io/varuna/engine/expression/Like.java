package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import org.jspecify.annotations.Nullable;

/** Compares a text with a {@link LikePattern}. */
final class Like extends Evaluator {
    private final Evaluator text;
    private final Evaluator pattern;
    private final @Nullable Evaluator escape;
    private final boolean positive;
    private final @Nullable Boolean unknown;
    private @Nullable String latestText;
    private @Nullable String latestEscape;
    private @Nullable LikePattern latest;

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
        return read(like, escaping).matches(value) == positive;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw failure("LIKE takes texts, not " + Conversions.describe(value));
    }

    /** Returns the pattern, which is the same for all rows as a rule. */
    private LikePattern read(String like, String escaping) {
        LikePattern known = latest;
        if (known == null || !like.equals(latestText) || !escaping.equals(latestEscape)) {
            known = LikePattern.of(like, escaping);
            latest = known;
            latestText = like;
            latestEscape = escaping;
        }
        return known;
    }
}
