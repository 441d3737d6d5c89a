package io.varuna.plugin.functions.analytic;

import java.util.Locale;

/** What is made of the numbers so far. */
enum Accumulator {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT;

    String ruleName() {
        return "acc_" + name().toLowerCase(Locale.ROOT);
    }
}
