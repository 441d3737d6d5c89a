package io.varuna.plugin.functions.datetime;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.DateTimePattern;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import io.varuna.api.function.SqlFunction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The current time, and datetimes written, moved and compared. */
@Component
public final class DateTimeFunctions implements FunctionLibrary {
    private static final int MOST_FRACTION_DIGITS = 6;

    /** Patterns are constants of rules, as a rule; those made of data must not fill the memory. */
    private static final int MOST_PATTERNS = 1_000;

    private static final ConcurrentHashMap<String, DateTimePattern> PATTERNS = new ConcurrentHashMap<>();

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(now(), currentTime(), formatTime(), dateCalc(), dateDiff()),
                        FunctionDefinition.ofMethods(DateTimeFunctions.class).stream())
                .toList();
    }

    private static FunctionDefinition now() {
        return current(
                        "now",
                        "Returns the current date and time, as yyyy-MM-dd HH:mm:ss with up to 6 digits of a fraction.",
                        "yyyy-MM-dd HH:mm:ss")
                .alias("current_timestamp", "local_time", "local_timestamp")
                .example("length(now()) = 19", "length(now(3)) = 23")
                .build();
    }

    private static FunctionDefinition currentTime() {
        return current(
                        "cur_time",
                        "Returns the current time, as HH:mm:ss with up to 6 digits of a fraction.",
                        "HH:mm:ss")
                .alias("current_time")
                .example("length(cur_time()) = 8", "length(cur_time(6)) = 15")
                .build();
    }

    private static FunctionDefinition.Builder current(String name, String doc, String pattern) {
        List<DateTimePattern> patterns = Stream.iterate(
                        0, digits -> digits <= MOST_FRACTION_DIGITS, digits -> digits + 1)
                .map(digits -> DateTimePattern.of(pattern + "S".repeat(digits)))
                .toList();
        return FunctionDefinition.scalar(name, () -> args -> current(name, patterns, args))
                .doc(doc)
                .parameter(Parameter.of("fraction_digits", DataType.BIGINT).asOptional())
                .result(DataType.VARCHAR)
                .notDeterministic()
                .check(arguments -> digitsProblem(name, arguments));
    }

    private static Object current(String name, List<DateTimePattern> patterns, Args args) {
        long digits = args.size() == 0 ? 0 : DateTimes.whole(name, "fraction_digits", args.get(0));
        if (digits < 0 || digits > MOST_FRACTION_DIGITS) {
            throw DateTimes.problem("Argument 'fraction_digits' of '" + name + "' takes 0 to " + MOST_FRACTION_DIGITS
                    + ", not '" + digits + "'");
        }
        FunctionContext context = args.context();
        return patterns.get((int) digits).format(context.clock().instant(), context.zone());
    }

    private static @Nullable String digitsProblem(String name, List<Argument> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0).value() instanceof Number digits)) {
            return null;
        }
        return digits.longValue() < 0 || digits.longValue() > MOST_FRACTION_DIGITS
                ? "Argument 1 of '" + name + "' ('fraction_digits') takes 0 to " + MOST_FRACTION_DIGITS + ", not '"
                        + digits + "'"
                : null;
    }

    private static FunctionDefinition formatTime() {
        return FunctionDefinition.scalar("format_time", () -> DateTimeFunctions::formatTime)
                .doc("Writes a datetime in a pattern such as yyyy-MM-dd HH:mm:ss.SSS.")
                .parameter("datetime", DataType.ANY)
                .parameter("pattern", DataType.VARCHAR)
                .result(DataType.VARCHAR)
                .check(DateTimeFunctions::patternProblem)
                .example("format_time('2025-01-31 13:30:00', 'dd.MM.yyyy HH:mm') = '31.01.2025 13:30'")
                .build();
    }

    private static Object formatTime(Args args) {
        return pattern(Conversions.toText(Objects.requireNonNull(args.get(1)))).format(DateTimes.of(args, 0));
    }

    private static @Nullable String patternProblem(List<Argument> arguments) {
        String problem = DateTimes.problem("format_time", arguments, 1);
        if (problem == null && arguments.get(1).value() instanceof String pattern) {
            try {
                pattern(pattern);
            } catch (VarunaException e) {
                return "Argument 2 of 'format_time': " + e.getMessage();
            }
        }
        return problem;
    }

    private static DateTimePattern pattern(String text) {
        DateTimePattern known = PATTERNS.get(text);
        if (known != null) {
            return known;
        }
        if (PATTERNS.size() >= MOST_PATTERNS) {
            PATTERNS.clear();
        }
        return PATTERNS.computeIfAbsent(text, DateTimePattern::of);
    }

    private static FunctionDefinition dateCalc() {
        return FunctionDefinition.scalar("date_calc", () -> DateTimeFunctions::dateCalc)
                .doc("Moves a datetime by a duration such as 1h30m or -10s, and returns it as yyyy-MM-dd HH:mm:ss.")
                .parameter("datetime", DataType.ANY)
                .parameter("duration", DataType.VARCHAR)
                .result(DataType.VARCHAR)
                .check(DateTimeFunctions::durationProblem)
                .example("date_calc('2019-01-01 00:00:00', '-24h') = '2018-12-31 00:00:00'")
                .build();
    }

    private static Object dateCalc(Args args) {
        Duration duration = Durations.parse(Conversions.toText(Objects.requireNonNull(args.get(1))));
        try {
            return DateTimes.DATE_AND_TIME.format(DateTimes.of(args, 0).plus(duration));
        } catch (DateTimeException | ArithmeticException e) {
            throw DateTimes.problem("'date_calc' of " + Conversions.describe(args.get(0)) + " and '" + args.get(1)
                    + "' is out of range");
        }
    }

    private static @Nullable String durationProblem(List<Argument> arguments) {
        String problem = DateTimes.problem("date_calc", arguments, 1);
        if (problem == null && arguments.get(1).value() instanceof String duration) {
            try {
                Durations.parse(duration);
            } catch (VarunaException e) {
                return "Argument 2 of 'date_calc': " + e.getMessage();
            }
        }
        return problem;
    }

    private static FunctionDefinition dateDiff() {
        return FunctionDefinition.scalar("date_diff", () -> DateTimeFunctions::dateDiff)
                .doc("Returns the time from the first datetime to the second in nanoseconds.")
                .parameter("start", DataType.ANY)
                .parameter("end", DataType.ANY)
                .result(DataType.BIGINT)
                .check(arguments -> DateTimes.problem("date_diff", arguments, 2))
                .example("date_diff('2019-01-01 00:00:00', '2019-01-01 00:00:01') = 1000000000")
                .build();
    }

    private static Object dateDiff(Args args) {
        try {
            return Duration.between(DateTimes.of(args, 0), DateTimes.of(args, 1))
                    .toNanos();
        } catch (ArithmeticException e) {
            throw DateTimes.problem("'date_diff' of " + Conversions.describe(args.get(0)) + " and "
                    + Conversions.describe(args.get(1)) + " exceeds BIGINT");
        }
    }

    @SqlFunction(
            name = {"cur_date", "current_date"},
            doc = "Returns the current date, as yyyy-MM-dd.",
            examples = "length(cur_date()) = 10",
            deterministic = false)
    public static String currentDate(FunctionContext context) {
        return DateTimes.DATE.format(context.clock().instant(), context.zone());
    }

    @SqlFunction(
            doc = "Returns the date that is the n-th day from 1970-01-01, which is the first, as yyyy-MM-dd.",
            examples = {"from_days(1) = '1970-01-01'", "from_days(32) = '1970-02-01'"})
    public static String fromDays(long days) {
        try {
            return DateTimes.DATE.format(
                    LocalDate.ofEpochDay(Math.subtractExact(days, 1)).atStartOfDay(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException e) {
            throw DateTimes.problem("Argument 'days' of 'from_days' is out of range: '" + days + "'");
        }
    }

    @SqlFunction(
            doc = "Returns the datetime that is a number of seconds after 1970, as yyyy-MM-dd HH:mm:ss.",
            examples = "length(from_unix_time(1691995105)) = 19")
    public static String fromUnixTime(FunctionContext context, long seconds) {
        try {
            ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(context.zone());
            return DateTimes.DATE_AND_TIME.format(time);
        } catch (DateTimeException e) {
            throw DateTimes.problem("Argument 'seconds' of 'from_unix_time' is out of range: '" + seconds + "'");
        }
    }
}
