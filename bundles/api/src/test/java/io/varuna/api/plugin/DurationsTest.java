package io.varuna.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "1500, PT1.5S",
        "0, PT0S",
        "250ms, PT0.25S",
        "1m30s, PT1M30S",
        "2h, PT2H",
        "1.5h, PT1H30M",
        "1d, PT24H",
        "7us, PT0.000007S",
        "7µs, PT0.000007S",
        "3ns, PT0.000000003S"
    })
    void readsUnitsAndMilliseconds(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "1 s", "1s ", "-1s", "1s2", ".5s", "99999999999999999999s", "999999999999d", "soon"})
    void refusesEverythingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void namesThePropertyThatHasNone() {
        assertThatThrownBy(() -> Durations.property("interval", "soon"))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.INVALID_PROPERTY))
                .hasMessage(
                        "Property 'interval' takes a time such as 10s or 500ms, or a number of milliseconds, not 'soon'");
    }
}
