package io.varuna.benchmarks.report;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is to be reached.
 *
 * @param text what is compared with what
 * @param atLeast whether the limit is the least that is wanted; otherwise the most
 * @param value computes what was reached; NaN if it was not measured
 */
record Goal(String text, boolean atLeast, double limit, String unit, ToDoubleFunction<Results> value) {
    boolean isReached(Results results) {
        double reached = value.applyAsDouble(results);
        return atLeast ? reached >= limit : reached <= limit;
    }

    /** Returns a row of the table of goals. */
    String row(Results results) {
        double reached = value.applyAsDouble(results);
        String verdict = "not measured";
        if (!Double.isNaN(reached)) {
            verdict = isReached(results) ? "yes" : "**no**";
        }
        return "| " + text + " | " + (atLeast ? "≥ " : "≤ ") + number(limit) + unit + " | "
                + (Double.isNaN(reached) ? "" : number(reached) + unit) + " | " + verdict + " |";
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
