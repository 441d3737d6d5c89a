package io.varuna.runtime.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.engine.rule.RuleOptions;
import io.varuna.runtime.rule.RuleSchedule.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleScheduleTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    @Test
    void startsAtEachTimeOfTheCronExpression() {
        RuleSchedule schedule = schedule(Map.of("cron", "0 8 * * *", "duration", "30m"));

        assertThat(schedule.next(Instant.parse("2026-01-15T06:00:00Z")))
                .contains(span("2026-01-15T07:00:00Z", "2026-01-15T07:30:00Z"));
        assertThat(schedule.next(Instant.parse("2026-01-15T07:00:00Z")))
                .contains(span("2026-01-15T07:00:00Z", "2026-01-15T07:30:00Z"));
        assertThat(schedule.next(Instant.parse("2026-01-15T07:29:59Z")))
                .contains(span("2026-01-15T07:00:00Z", "2026-01-15T07:30:00Z"));
        assertThat(schedule.next(Instant.parse("2026-01-15T07:30:00Z")))
                .contains(span("2026-01-16T07:00:00Z", "2026-01-16T07:30:00Z"));
    }

    @Test
    void countsOnlyTimesInsideOfTheRanges() {
        RuleSchedule schedule = schedule(Map.of(
                "cron",
                "0 8 * * *",
                "duration",
                "30m",
                "cronDatetimeRange",
                List.of(Map.of("begin", "2026-02-01 00:00:00", "end", "2026-02-02 00:00:00"))));

        assertThat(schedule.next(Instant.parse("2026-01-15T06:00:00Z")))
                .contains(span("2026-02-01T07:00:00Z", "2026-02-01T07:30:00Z"));
        assertThat(schedule.next(Instant.parse("2026-02-01T07:30:00Z"))).isEmpty();
    }

    @Test
    void runsInsideOfRangesAlone() {
        RuleSchedule schedule = schedule(Map.of(
                "cronDatetimeRange", List.of(Map.of("begin", "2026-02-01 00:00:00", "end", "2026-02-02 00:00:00"))));

        assertThat(schedule.always()).isFalse();
        assertThat(schedule.next(Instant.parse("2026-01-15T06:00:00Z")))
                .contains(span("2026-01-31T23:00:00Z", "2026-02-01T23:00:00Z"));
        assertThat(schedule.next(Instant.parse("2026-02-01T23:00:00Z"))).isEmpty();
    }

    @Test
    void runsOnceForADurationAlone() {
        assertThat(schedule(Map.of("duration", "5s")).once()).contains(Duration.ofSeconds(5));
        assertThat(schedule(Map.of()).once()).isEmpty();
        assertThat(schedule(Map.of()).always()).isTrue();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> schedule(Map.of("cron", "0 8 * * *"))).hasMessageContaining("'duration' must say");
        assertThatThrownBy(() -> schedule(Map.of("cron", "every day", "duration", "1s")))
                .hasMessageContaining("Option 'cron' is not understood")
                .hasMessageContaining("It has five fields");
        assertThatThrownBy(() ->
                        schedule(Map.of("cronDatetimeRange", List.of(Map.of("begin", "tomorrow", "end", "later")))))
                .hasMessageContaining("'tomorrow' in 'cronDatetimeRange' is not a time of the form");
        assertThatThrownBy(() -> schedule(
                        Map.of("cronDatetimeRange", List.of(Map.of("beginTimestamp", 2000, "endTimestamp", 1000)))))
                .hasMessageContaining("ends before it begins");
    }

    private static RuleSchedule schedule(Map<String, Object> options) {
        return RuleSchedule.of(RuleOptions.of(options).schedule(), ROME);
    }

    private static Span span(String start, String end) {
        return new Span(Instant.parse(start), Instant.parse(end));
    }
}
