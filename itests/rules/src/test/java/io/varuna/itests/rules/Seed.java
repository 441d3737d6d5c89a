package io.varuna.itests.rules;

import java.util.Random;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seed of tests with random data: always the same, or the one of the system property {@code varuna.seed}. */
final class Seed {
    private static final Logger LOG = LoggerFactory.getLogger(Seed.class);
    private static final long VALUE = Long.getLong("varuna.seed", 1);

    static {
        LOG.info("Random data: -Dvaruna.seed={}", VALUE);
    }

    private Seed() {}

    /**
     * Returns random numbers; those of each number of a run are different, from the first on, which a {@link Random} makes alike of
     * seeds that are near each other.
     */
    static Random random(int run) {
        return new Random(new SplittableRandom((VALUE << Integer.SIZE) + run).nextLong());
    }

    static String describe() {
        return "-Dvaruna.seed=" + VALUE;
    }
}
