package io.varuna.engine.window;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;

/** How many partitions are kept at most where none is ever over. */
record PartitionLimit(int most) {
    boolean reached(int partitions) {
        return partitions >= most;
    }

    VarunaException exceeded() {
        return new VarunaException(
                StandardError.EVALUATION_FAILED,
                "An aggregate with OVER keeps the rows of " + most
                        + " partitions at most, and PARTITION BY has more values."
                        + " Use RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW, which forgets partitions without rows");
    }
}
