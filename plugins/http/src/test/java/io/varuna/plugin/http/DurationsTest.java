package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @Test
    void readsUnitsAndMilliseconds() {
        assertThat(Durations.parse("x", "1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("x", "250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(Durations.parse("x", "2h")).isEqualTo(Duration.ofHours(2));
        assertThat(Durations.parse("x", "1500")).isEqualTo(Duration.ofMillis(1_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1d", "1s ", "-1s", "1s2", "99999999999999999999s"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse("interval", text))
                .hasMessageStartingWith("Property 'interval' takes a time");
    }
}
