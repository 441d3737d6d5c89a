package io.varuna.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimePatternTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-06-15T12:00:00Z"), ZoneOffset.UTC);
    private static final ZonedDateTime TIME =
            ZonedDateTime.of(2022, 4, 3, 15, 6, 5, 123_456_789, ZoneId.of("America/New_York"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "yyyy-MM-dd HH:mm:ss | 2022-04-03 15:06:05",
                "YY/M/d h:m:s a | 22/4/3 3:6:5 PM",
                "EEE, dd MMM yyyy hh | Sun, 03 Apr 2022 03",
                "EEEE MMMM | Sunday April",
                "ssSSS | 05.123",
                "ss.SSSSSS | 05.123456",
                "HH:mm Z X XX XXX | 15:06 -0400 -04 -0400 -04:00",
                "yyyy z G | 2022 EDT AD",
                "HH 'o''clock' | 15 o'clock",
                "HH''mm | 15'06",
                "HH\\hmm | 15h06",
                "yyyyMMdd'T'HHmmss | 20220403T150605"
            })
    void lettersStandForPartsOfADatetime(String pattern, String text) {
        assertThat(DateTimePattern.of(pattern).format(TIME)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyy", "MMMMM", "H", "EE", "ddd", "XXXX", "SSSSSSSSSS", "'open"})
    void anUnknownLetterIsRefusedWithWhatIsKnown(String pattern) {
        assertThatThrownBy(() -> DateTimePattern.of(pattern))
                .isInstanceOfSatisfying(
                        VarunaException.class, e -> assertThat(e.code()).isEqualTo(StandardError.INVALID_ARGUMENT))
                .hasMessageContaining("in the datetime pattern '" + pattern + "'. It takes: yyyy");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss.SSS, 2022-04-03 15:06:05.120, 2022-04-03T15:06:05.120Z",
        "yyyyMMddHHmmss, 20220403150605, 2022-04-03T15:06:05Z",
        "yyyy, 2022, 2022-01-01T00:00:00Z",
        "MM-dd, 04-03, 2025-04-03T00:00:00Z",
        "HH:mm:ss, 15:06:05, 2025-06-15T15:06:05Z",
        "hh:mm a, 03:06 PM, 2025-06-15T15:06:00Z",
        "yyyy-MM-dd HH:mm XXX, 2022-04-03 15:06 +02:00, 2022-04-03T13:06:00Z"
    })
    void textsAreReadAndCompleted(String pattern, String text, Instant time) {
        assertThat(DateTimePattern.of(pattern).parse(text, CLOCK).toInstant()).isEqualTo(time);
    }

    @Test
    void theZoneWithoutAnOffsetIsCalledUtc() {
        assertThat(DateTimePattern.of("HH z Z XXX").format(ZonedDateTime.parse("2026-01-31T12:00:00Z")))
                .isEqualTo("12 UTC +0000 +00:00");
    }

    @Test
    void aTextOfAnotherPatternIsRefused() {
        assertThatThrownBy(() -> DateTimePattern.of("yyyy-MM-dd").parse("2022-4-3", CLOCK))
                .hasMessage("'2022-4-3' (STRING) does not have the pattern 'yyyy-MM-dd'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2022 | 2022-01-01T00:00:00Z",
                "2022-4 | 2022-04-01T00:00:00Z",
                "2022-4-3 | 2022-04-03T00:00:00Z",
                "2022-4-3 15 | 2022-04-03T15:00:00Z",
                "2022-04-03 15:06 | 2022-04-03T15:06:00Z",
                "2022-04-03 15:06:05.5 | 2022-04-03T15:06:05.500Z",
                "2022-04-03T15:06:05Z | 2022-04-03T15:06:05Z",
                "2022-04-03T15:06:05.123+08:00 | 2022-04-03T07:06:05.123Z",
                "2022-04-03T15:06:05+0800 | 2022-04-03T07:06:05Z",
                "2022-04-03 15:06:05 +0200 CEST | 2022-04-03T13:06:05Z",
                "2022/04/03 15:06:05 | 2022-04-03T15:06:05Z",
                "2022.4.3 | 2022-04-03T00:00:00Z",
                "4/3/2022 15:06:05 | 2022-04-03T15:06:05Z",
                "20220403 | 2022-04-03T00:00:00Z",
                "4-3 | 2025-04-03T00:00:00Z",
                "15:06 | 2025-06-15T15:06:00Z",
                "15:06:05.25 | 2025-06-15T15:06:05.250Z",
                "Sun Apr  3 15:06:05 2022 | 2022-04-03T15:06:05Z",
                "Sun Apr 3 15:06:05 UTC 2022 | 2022-04-03T15:06:05Z",
                "Sun Apr 03 15:06:05 -0700 2022 | 2022-04-03T22:06:05Z",
                "03 Apr 22 15:06 UTC | 2022-04-03T15:06:00Z",
                "03 Apr 22 15:06 +0100 | 2022-04-03T14:06:00Z",
                "Sunday, 03-Apr-22 15:06:05 UTC | 2022-04-03T15:06:05Z",
                "Sun, 03 Apr 2022 15:06:05 GMT | 2022-04-03T15:06:05Z",
                "Sun, 03 Apr 2022 15:06:05 +0000 | 2022-04-03T15:06:05Z",
                "Apr  3 15:06:05.123 | 2025-04-03T15:06:05.123Z",
                "Apr 3, 2022 | 2022-04-03T00:00:00Z",
                "3:06PM | 2025-06-15T15:06:00Z"
            })
    void usualFormatsAreDetected(String text, Instant time) {
        assertThat(DateTimePattern.detect(text, CLOCK).toInstant()).isEqualTo(time);
    }

    @Test
    void theZoneOfTheTextIsKept() {
        assertThat(DateTimePattern.detect("2022-04-03T15:06:05+08:00", CLOCK).getHour())
                .isEqualTo(15);
        assertThat(DateTimePattern.detect("2022-04-03", CLOCK.withZone(ZoneId.of("Asia/Tokyo")))
                        .toInstant())
                .isEqualTo(Instant.parse("2022-04-02T15:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2022-13-01", "2022-02-30", "25:00", "1649000000000", "2022-4/3"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DateTimePattern.detect(text, CLOCK)).hasMessageContaining("is not a datetime");
    }
}
