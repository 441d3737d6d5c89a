package io.varuna.plugin.functions.datetime;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;

/** What a datetime is made of. */
@Component
public final class DateTimeParts implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                number("year", "Returns the year.", ZonedDateTime::getYear, 2025)
                        .build(),
                number("month", "Returns the month, from 1 to 12.", ZonedDateTime::getMonthValue, 1)
                        .build(),
                number("day_of_month", "Returns the day of the month, from 1.", ZonedDateTime::getDayOfMonth, 31)
                        .alias("day")
                        .build(),
                number(
                                "day_of_week",
                                "Returns the day of the week, from 0 for Sunday to 6 for Saturday.",
                                time -> time.getDayOfWeek().getValue() % 7,
                                5)
                        .build(),
                number("day_of_year", "Returns the day of the year, from 1.", ZonedDateTime::getDayOfYear, 31)
                        .build(),
                number("hour", "Returns the hour, from 0 to 23.", ZonedDateTime::getHour, 13)
                        .build(),
                number("minute", "Returns the minute, from 0 to 59.", ZonedDateTime::getMinute, 30)
                        .build(),
                number("second", "Returns the second, from 0 to 59.", ZonedDateTime::getSecond, 15)
                        .build(),
                number(
                                "microsecond",
                                "Returns the fraction of the second in microseconds.",
                                time -> time.get(ChronoField.MICRO_OF_SECOND),
                                250_000)
                        .build(),
                text(
                        "day_name",
                        "Returns the name of the day of the week, in English.",
                        time -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                        "Friday"),
                text(
                        "month_name",
                        "Returns the name of the month, in English.",
                        time -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                        "January"),
                text(
                        "last_day",
                        "Returns the last day of the month, as yyyy-MM-dd.",
                        time -> DateTimes.DATE.format(time.with(TemporalAdjusters.lastDayOfMonth())),
                        "2025-01-31"));
    }

    private static FunctionDefinition.Builder number(
            String name, String doc, Function<ZonedDateTime, Integer> part, int example) {
        return part(name, doc, time -> (long) part.apply(time))
                .result(DataType.BIGINT)
                .example(name + "('2025-01-31 13:30:15.25') = " + example);
    }

    private static FunctionDefinition text(
            String name, String doc, Function<ZonedDateTime, String> part, String example) {
        return part(name, doc, part::apply)
                .result(DataType.VARCHAR)
                .example(name + "('2025-01-31 13:30:15') = '" + example + "'")
                .build();
    }

    private static FunctionDefinition.Builder part(String name, String doc, Function<ZonedDateTime, Object> part) {
        return FunctionDefinition.scalar(name, () -> args -> part.apply(DateTimes.of(args, 0)))
                .doc(doc)
                .parameter("datetime", DataType.ANY)
                .check(arguments -> DateTimes.problem(name, arguments, 1));
    }
}
