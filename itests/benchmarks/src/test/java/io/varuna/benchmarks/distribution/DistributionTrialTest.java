package io.varuna.benchmarks.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class DistributionTrialTest {
    @Test
    void storedRulesGiveResultsAndNoMessageIsLost() throws Exception {
        assumeThat(Distribution.built())
                .as("the distribution, which is built before")
                .isPresent();
        DistributionTrial.Extent extent = DistributionTrial.Extent.SHORT;
        DistributionTrial trial = new DistributionTrial("small", true, extent);
        assertThat(trial.run()).isEqualTo((long) extent.bursts() * extent.messages());
        assertThat(trial.figures())
                .containsOnlyKeys(
                        "megabytesOnDisk",
                        "secondsOneRule",
                        "secondsManyRules",
                        "percentIdle",
                        "percentFewMessages",
                        "megabytesFewMessages",
                        "megabytesFullLoad",
                        "messagesPerSecond",
                        "nanosPerMessage");
        assertThat(trial.figures().values())
                .allSatisfy(figure -> assertThat(figure).isNotNegative());
    }
}
