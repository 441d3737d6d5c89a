package io.varuna.plugin.functions.conversion;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Conversions between types, and between points in time and their zones. */
@Component
public final class TypeConversions implements FunctionLibrary {
    private static final Map<String, DataType> TYPES = Map.of(
            "bigint", DataType.BIGINT,
            "float", DataType.DOUBLE,
            "string", DataType.VARCHAR,
            "boolean", DataType.BOOLEAN,
            "datetime", DataType.TIMESTAMP,
            "bytea", DataType.VARBINARY);

    private static final String TYPE_NAMES = "'bigint', 'float', 'string', 'boolean', 'datetime' or 'bytea'";

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(cast(), convertTz(), toSeconds()),
                        FunctionDefinition.ofMethods(TypeConversions.class).stream())
                .toList();
    }

    private static FunctionDefinition cast() {
        return FunctionDefinition.scalar("cast", () -> TypeConversions::cast)
                .doc("Converts a value to the type that the second argument names: " + TYPE_NAMES + ".")
                .parameter("value", DataType.ANY)
                .parameter("type", DataType.VARCHAR)
                .result(arguments -> {
                    DataType type =
                            TYPES.get(String.valueOf(arguments.get(1).value()).toLowerCase(Locale.ROOT));
                    return type == null ? DataType.ANY : type;
                })
                .check(arguments -> typeProblem(arguments.get(1)))
                .example(
                        "cast(1.9, 'bigint') = 1",
                        "cast('0x1f', 'bigint') = 31",
                        "cast(1, 'string') = '1'",
                        "cast(1, 'boolean')")
                .build();
    }

    private static @Nullable String typeProblem(Argument type) {
        return type.literal()
                        && type.value() instanceof String name
                        && !TYPES.containsKey(name.toLowerCase(Locale.ROOT))
                ? "Argument 2 of 'cast' ('type') takes " + TYPE_NAMES + ", not '" + name + "'"
                : null;
    }

    private static @Nullable Object cast(Args args) {
        String name = Conversions.toText(Objects.requireNonNull(args.get(1)));
        DataType type = TYPES.get(name.toLowerCase(Locale.ROOT));
        if (type == null) {
            throw problem("Argument 'type' of 'cast' takes " + TYPE_NAMES + ", not '" + name + "'");
        }
        return Conversions.cast(args.get(0), type.kind(), clock(args.context()));
    }

    private static FunctionDefinition convertTz() {
        return FunctionDefinition.scalar("convert_tz", () -> TypeConversions::convertTz)
                .doc("Returns the datetime as it is in a time zone such as Asia/Shanghai, in RFC 3339 with the offset.")
                .parameter("datetime", DataType.ANY)
                .parameter("zone", DataType.VARCHAR)
                .result(DataType.VARCHAR)
                .check(TypeConversions::zoneProblem)
                .example("convert_tz('2022-04-13T06:22:32Z', 'Asia/Shanghai') = '2022-04-13T14:22:32+08:00'")
                .build();
    }

    private static @Nullable String zoneProblem(List<Argument> arguments) {
        Argument datetime = arguments.get(0);
        if (datetime.literal() && (datetime.value() instanceof Number || datetime.value() instanceof Boolean)) {
            return "Argument 1 of 'convert_tz' takes DATETIME, not '" + datetime.text() + "'";
        }
        if (arguments.get(1).value() instanceof String zone) {
            try {
                zone(zone, ZoneId.of("UTC"));
            } catch (VarunaException e) {
                return "Argument 2 of 'convert_tz': " + e.getMessage();
            }
        }
        return null;
    }

    private static Object convertTz(Args args) {
        FunctionContext context = args.context();
        ZoneId zone = zone(Conversions.toText(Objects.requireNonNull(args.get(1))), context.zone());
        Instant time = Conversions.toInstant(Objects.requireNonNull(args.get(0)), clock(context));
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
    }

    private static ZoneId zone(String name, ZoneId local) {
        try {
            return name.equals("Local") ? local : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw problem("'" + name + "' is not a time zone. Write it like 'Europe/Berlin', 'UTC' or '+08:00'");
        }
    }

    private static FunctionDefinition toSeconds() {
        return FunctionDefinition.scalar(
                        "to_seconds",
                        () -> args -> Conversions.toInstant(Objects.requireNonNull(args.get(0)), clock(args.context()))
                                .getEpochSecond())
                .doc("Returns the seconds from 1970 to a datetime.")
                .parameter("datetime", DataType.ANY)
                .result(DataType.BIGINT)
                .example("to_seconds('2001-09-09T01:46:40Z') = 1000000000")
                .build();
    }

    @SqlFunction(
            doc = "Rounds a number to a number of digits after the point; unlike its name, it does not cut.",
            examples = {"trunc(2.567, 1) = 2.6", "trunc(2.5, 0) = 3"})
    public static double trunc(double number, long digits) {
        return Digits.rounded(number, digits);
    }

    @SqlFunction(
            doc = "Returns the code point of the first character of a text, or a number that is one.",
            examples = {"chr('a') = 97", "chr(97) = 97"})
    public static long chr(Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text.codePointAt(0);
        }
        if (value instanceof Number number) {
            long code = number.longValue();
            if (code >= 0 && code <= Character.MAX_CODE_POINT) {
                return code;
            }
        }
        throw problem(
                "Argument 'value' of 'chr' takes a character or its code point, not " + Conversions.describe(value));
    }

    @SqlFunction(
            doc = "Reads a number in hexadecimal digits, with or without 0x before it.",
            examples = {"hex2dec('0x10') = 16", "hex2dec('ff') = 255"})
    public static long hex2dec(Object digits) {
        String text = Conversions.toText(digits);
        try {
            return Long.parseLong(text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text, 16);
        } catch (NumberFormatException e) {
            throw problem(
                    "Argument 'digits' of 'hex2dec' takes hexadecimal digits, not " + Conversions.describe(digits));
        }
    }

    @SqlFunction(
            doc = "Writes a whole number in hexadecimal digits, with 0x before them.",
            examples = "dec2hex(16) = '0x10'")
    public static String dec2hex(long number) {
        return "0x" + Long.toString(number, 16);
    }

    private static Clock clock(FunctionContext context) {
        return context.clock().withZone(context.zone());
    }

    private static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
