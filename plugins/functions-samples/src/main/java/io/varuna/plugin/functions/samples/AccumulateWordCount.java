package io.varuna.plugin.functions.samples;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import org.jspecify.annotations.Nullable;

/** Counts the words of the texts of all rows so far. */
final class AccumulateWordCount implements AnalyticFunction<Tally> {
    static final String NAME = "accumulatewordcount";

    @Override
    public Tally create() {
        return new Tally();
    }

    @Override
    public Object apply(Tally words, Args args) {
        if (!args.isNull(0)) {
            words.add(count(text(args.get(0), "text"), text(args.get(1), "separator")));
        }
        return words.count();
    }

    @Override
    public Object skip(Tally words) {
        return words.count();
    }

    /** Counts as eKuiper does: a text without a separator is one word, even if it is empty. */
    private static long count(String text, String separator) {
        if (separator.isEmpty()) {
            return text.codePointCount(0, text.length());
        }
        long words = 1;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length())) {
            words++;
        }
        return words;
    }

    private static String text(@Nullable Object value, String parameter) {
        if (value instanceof String text) {
            return text;
        }
        throw new VarunaException(
                StandardError.EVALUATION_FAILED,
                "Argument '" + parameter + "' of '" + NAME + "' takes a text, not " + Conversions.describe(value));
    }
}
