package io.varuna.plugin.functions.datetime;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DateTimePattern;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments as points in time. */
final class DateTimes {
    static final DateTimePattern DATE_AND_TIME = DateTimePattern.of("yyyy-MM-dd HH:mm:ss");
    static final DateTimePattern DATE = DateTimePattern.of("yyyy-MM-dd");

    private DateTimes() {}

    /** Returns the argument in the zone that it names, otherwise the one of the engine. */
    static ZonedDateTime of(Args args, int index) {
        Object value = Objects.requireNonNull(args.get(index));
        FunctionContext context = args.context();
        return value instanceof Instant instant
                ? instant.atZone(context.zone())
                : Conversions.toDateTime(value, context.clock().withZone(context.zone()), null);
    }

    static long whole(String function, String parameter, @Nullable Object value) {
        if (value instanceof Number number && Conversions.isWhole(value)) {
            return number.longValue();
        }
        throw problem("Argument '" + parameter + "' of '" + function + "' takes a whole number, not "
                + Conversions.describe(value));
    }

    /** Refuses constants that are not datetimes: a number is nearly always the wrong argument. */
    static @Nullable String problem(String function, List<Argument> arguments, int datetimes) {
        for (int i = 0; i < Math.min(datetimes, arguments.size()); i++) {
            Argument argument = arguments.get(i);
            if (argument.literal() && (argument.value() instanceof Number || argument.value() instanceof Boolean)) {
                return "Argument " + (i + 1) + " of '" + function + "' takes DATETIME, not '" + argument.text()
                        + "'. For milliseconds since 1970, write cast(" + argument.text() + ", 'datetime')";
            }
        }
        return null;
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
