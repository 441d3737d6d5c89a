package io.varuna.plugin.functions.conversion;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal digits of a number. */
final class Digits {
    /** Doubles have fewer digits than this, on either side of the point. */
    private static final int MOST = 400;

    private Digits() {}

    /** Rounds half away from zero. */
    static double rounded(double number, long digits) {
        if (!Double.isFinite(number) || digits > MOST) {
            return number;
        }
        return digits < -MOST
                ? 0
                : BigDecimal.valueOf(number)
                        .setScale((int) digits, RoundingMode.HALF_UP)
                        .doubleValue();
    }
}
