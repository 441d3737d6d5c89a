package io.varuna.plugin.functions.datetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.TestArgs;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeFunctionsTest {
    private static final FunctionContext SHANGHAI = new FunctionContext() {
        @Override
        public String ruleId() {
            return "rule";
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.parse("2025-01-31T20:30:15.250Z"), ZoneOffset.UTC);
        }

        @Override
        public ZoneId zone() {
            return ZoneId.of("Asia/Shanghai");
        }
    };

    private static FunctionDefinition function(String name) {
        return Stream.of(new DateTimeParts(), new DateTimeFunctions())
                .flatMap(library -> library.functions().stream())
                .filter(function ->
                        function.name().equals(name) || function.aliases().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Object call(String name, Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create())
                .apply(TestArgs.of(arguments).in(SHANGHAI));
    }

    private static Argument literal(DataType type, Object value) {
        return new Argument(type, true, value, value.toString());
    }

    @Test
    void theCurrentTimeIsThatOfTheClockInTheZoneOfTheEngine() throws Exception {
        assertThat(call("now")).isEqualTo("2025-02-01 04:30:15");
        assertThat(call("local_timestamp", 3L)).isEqualTo("2025-02-01 04:30:15.250");
        assertThat(call("cur_time", 6L)).isEqualTo("04:30:15.250000");
        assertThat(call("current_date")).isEqualTo("2025-02-01");
        assertThatThrownBy(() -> call("now", 7L))
                .hasMessage("Argument 'fraction_digits' of 'now' takes 0 to 6, not '7'");
    }

    @ParameterizedTest
    @CsvSource({
        "year, 2019",
        "month, 12",
        "day, 29",
        "day_of_week, 0",
        "day_of_year, 363",
        "hour, 1",
        "minute, 2",
        "second, 3",
        "microsecond, 456000"
    })
    void partsAreThoseInTheZoneOfTheText(String name, long part) throws Exception {
        assertThat(call(name, "2019-12-29T01:02:03.456-08:00")).isEqualTo(part);
    }

    @Test
    void datetimesAndMillisecondsAreReadInTheZoneOfTheEngine() throws Exception {
        assertThat(call("hour", Instant.parse("2019-12-29T20:00:00Z"))).isEqualTo(4L);
        assertThat(call("hour", Instant.parse("2019-12-29T20:00:00Z").toEpochMilli()))
                .isEqualTo(4L);
        assertThat(call("day_name", "2019-01-01 00:00:00")).isEqualTo("Tuesday");
        assertThat(call("month_name", "2019-01-01 01:23:45")).isEqualTo("January");
        assertThat(call("last_day", "2024-02-10")).isEqualTo("2024-02-29");
        assertThat(call("from_unix_time", 1691995105L)).isEqualTo("2023-08-14 14:38:25");
        assertThat(call("from_days", 0L)).isEqualTo("1969-12-31");
    }

    @ParameterizedTest
    @CsvSource({
        "24h, 2019-01-02 00:00:00",
        "-24h, 2018-12-31 00:00:00",
        "1h30m, 2019-01-01 01:30:00",
        "+1.5s, 2019-01-01 00:00:01",
        "90000ms, 2019-01-01 00:01:30",
        "0, 2019-01-01 00:00:00"
    })
    void datesAreMovedByDurations(String duration, String result) throws Exception {
        assertThat(call("date_calc", "2019-01-01 00:00:00", duration)).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1d", "h", "1h 30m", "9999999999999h"})
    void otherTextsAreNoDurations(String duration) {
        assertThatThrownBy(() -> call("date_calc", "2019-01-01 00:00:00", duration))
                .hasMessageContaining("is not a duration");
        assertThat(function("date_calc")
                        .problem(List.of(
                                new Argument(DataType.TIMESTAMP, false, null, "t"),
                                literal(DataType.VARCHAR, duration))))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("Argument 2 of 'date_calc': "));
    }

    @Test
    void differencesAreInNanoseconds() throws Exception {
        assertThat(call("date_diff", "2019-01-01 00:00:00", "2019-01-02 00:00:00"))
                .isEqualTo(86_400_000_000_000L);
        assertThatThrownBy(() -> call("date_diff", "1000-01-01", "2019-01-01")).hasMessageContaining("exceeds BIGINT");
    }

    @Test
    void constantNumbersAreRefusedWithTheRemedy() {
        assertThat(function("hour").problem(List.of(literal(DataType.BIGINT, 1L))))
                .hasValue(
                        "Argument 1 of 'hour' takes DATETIME, not '1'. For milliseconds since 1970, write cast(1, 'datetime')");
        assertThat(function("date_diff")
                        .problem(List.of(literal(DataType.VARCHAR, "2019-01-01"), literal(DataType.BIGINT, 2L))))
                .isPresent();
        assertThat(function("format_time")
                        .problem(List.of(
                                new Argument(DataType.ANY, false, null, "t"), literal(DataType.VARCHAR, "yyyyy"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'yyyyy' is not known"));
        assertThat(function("now").problem(List.of(literal(DataType.BIGINT, 9L))))
                .isPresent();
    }
}
