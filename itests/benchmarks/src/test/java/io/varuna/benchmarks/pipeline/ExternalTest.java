package io.varuna.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalTest {
    /** Takes the messages whose state is ok and whose temperature is more than 20.0. */
    private static final String GREP =
            "grep '\"status\":\"ok\"' | grep -E '\"temperature\":(2[1-9]|3[0-9]|20\\.[1-9])'";

    private final Messages messages = Messages.of(Shape.SMALL, 2_000, 10);

    @Test
    void aCommandThatAnswersIsMeasured() throws Exception {
        try (External external = new External(GREP, messages)) {
            assertThat(external.run()).isEqualTo(2_000);
            assertThat(external.nanosElsewhere()).isNotNegative();
        }
    }

    @Test
    void timesOfChildrenAreAddedUp() {
        assertThat(External.nanos(List.of("0m9.000000s 0m9.000000s", "1m1.500000s 0m0.250000s")))
                .isEqualTo(61_750_000_000L);
    }

    @Test
    void anAnswerThatIsWrongIsRefused() throws Exception {
        try (External external = new External("cat", messages)) {
            assertThatThrownBy(external::run).hasMessageStartingWith("'cat' printed 2000 results, but there are ");
        }
    }

    @Test
    void aCommandThatFailsIsRefused() throws Exception {
        try (External external = new External("exit 3", messages)) {
            assertThatThrownBy(external::run).hasMessage("'exit 3' ended with status 3");
        }
    }
}
