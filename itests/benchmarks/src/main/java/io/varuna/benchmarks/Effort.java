package io.varuna.benchmarks;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp processor time spent at least before the first round that counts
 * @param rounds how many rounds there are, whose median is the result
 * @param round processor time of a round
 */
record Effort(Duration warmUp, int rounds, Duration round) {
    static final Effort FULL = new Effort(Duration.ofSeconds(10), 9, Duration.ofSeconds(2));
    /** Everything within minutes. */
    static final Effort QUICK = new Effort(Duration.ofMillis(2_500), 5, Duration.ofMillis(400));
    /** To see that it works. */
    static final Effort SMOKE = new Effort(Duration.ZERO, 1, Duration.ofMillis(1));

    static Effort of(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "quick" -> QUICK;
            case "smoke" -> SMOKE;
            default -> throw new IllegalArgumentException("The effort is full, quick or smoke, not '" + name + "'");
        };
    }
}
