package io.varuna.plugin.functions.math;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import io.varuna.api.function.SqlFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** Rounding, powers, logarithms and the like. */
@Component
public final class ArithmeticFunctions implements FunctionLibrary {
    /** Doubles have fewer digits than this, on either side of the point. */
    private static final int MOST_DIGITS = 400;

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(abs(), round(), log()),
                        FunctionDefinition.ofMethods(ArithmeticFunctions.class).stream())
                .toList();
    }

    private static FunctionDefinition abs() {
        return FunctionDefinition.scalar("abs", () -> ArithmeticFunctions::abs)
                .doc("Returns the number without its sign, whole if it is whole.")
                .parameter(Parameter.number("number"))
                .result(arguments -> arguments.get(0).type())
                .example("abs(-5) = 5", "abs(-2.5) = 2.5")
                .build();
    }

    private static Object abs(Args args) {
        Number number = Numbers.argument("abs", "number", args.get(0));
        if (number instanceof Long whole) {
            if (whole == Long.MIN_VALUE) {
                throw Numbers.problem("'abs' of '" + whole + "' exceeds BIGINT");
            }
            return Math.abs(whole);
        }
        return Math.abs(number.doubleValue());
    }

    private static FunctionDefinition round() {
        return FunctionDefinition.scalar("round", () -> ArithmeticFunctions::round)
                .doc(
                        "Rounds to a number of digits after the point, 0 if left out, half away from zero; negative digits round before the point.")
                .parameter("number", DataType.DOUBLE)
                .parameter(Parameter.of("digits", DataType.BIGINT).asOptional())
                .result(DataType.DOUBLE)
                .example("round(10.5) = 11", "round(-10.5) = -11", "round(25.919, 1) = 25.9", "round(1250, -2) = 1300")
                .build();
    }

    private static Object round(Args args) {
        double number = Numbers.argument("round", "number", args.get(0)).doubleValue();
        long digits = args.size() > 1 ? Numbers.whole("round", "digits", args.get(1)) : 0;
        if (!Double.isFinite(number) || digits > MOST_DIGITS) {
            return number;
        }
        if (digits < -MOST_DIGITS) {
            return 0.0;
        }
        return BigDecimal.valueOf(number)
                .setScale((int) digits, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static FunctionDefinition log() {
        return FunctionDefinition.scalar("log", () -> ArithmeticFunctions::log)
                .doc("Returns the logarithm to base 10, or the one of the second number to the base of the first.")
                .parameter("number", DataType.DOUBLE)
                .parameter(Parameter.of("other", DataType.DOUBLE).asOptional())
                .result(DataType.DOUBLE)
                .example("log(100) = 2", "log(2, 8) = 3")
                .build();
    }

    private static Object log(Args args) {
        double number = Numbers.argument("log", "number", args.get(0)).doubleValue();
        if (args.size() == 1) {
            return Math.log10(Numbers.positive("log", "number", number));
        }
        double other = Numbers.argument("log", "other", args.get(1)).doubleValue();
        double base = Numbers.positive("log", "number", number);
        if (base == 1) {
            throw Numbers.problem("Argument 'number' of 'log' must not be 1 where it is the base");
        }
        return Math.log(Numbers.positive("log", "other", other)) / Math.log(base);
    }

    @SqlFunction(
            name = {"ceiling", "ceil"},
            doc = "Returns the least whole number that is not less, as a FLOAT.",
            examples = {"ceiling(1.2) = 2", "ceil(-1.2) = -1"})
    public static double ceiling(double number) {
        return Math.ceil(number);
    }

    @SqlFunction(
            doc = "Returns the greatest whole number that is not greater, as a FLOAT.",
            examples = {"floor(1.8) = 1", "floor(-1.2) = -2"})
    public static double floor(double number) {
        return Math.floor(number);
    }

    @SqlFunction(
            doc = "Returns -1, 0 or 1, as the number is negative, zero or positive.",
            examples = {"sign(-7.5) = -1", "sign(0) = 0"})
    public static long sign(double number) {
        return (long) Math.signum(number);
    }

    @SqlFunction(
            doc = "Returns the remainder of a division, with the sign of the dividend, as a FLOAT.",
            examples = {"mod(10.5, 2) = 0.5", "mod(-7, 3) = -1"})
    public static double mod(double dividend, double divisor) {
        if (divisor == 0) {
            throw Numbers.problem("Argument 'divisor' of 'mod' must not be 0");
        }
        return dividend % divisor;
    }

    @SqlFunction(
            name = {"power", "pow"},
            doc = "Raises a number to a power, as a FLOAT.",
            examples = {"power(10, 2) = 100", "pow(2, 0.5) = sqrt(2)"})
    public static double power(double base, double exponent) {
        return Numbers.finite("power", Math.pow(base, exponent), base, exponent);
    }

    @SqlFunction(doc = "Raises e to a power.", examples = "exp(0) = 1")
    public static double exp(double exponent) {
        return Numbers.finite("exp", Math.exp(exponent), exponent);
    }

    @SqlFunction(doc = "Returns the square root.", examples = "sqrt(9) = 3")
    public static double sqrt(double number) {
        if (number < 0) {
            throw Numbers.problem(
                    "Argument 'number' of 'sqrt' takes a number from 0, not '" + Conversions.toText(number) + "'");
        }
        return Math.sqrt(number);
    }

    @SqlFunction(doc = "Returns the natural logarithm.", examples = "ln(1) = 0")
    public static double ln(double number) {
        return Math.log(Numbers.positive("ln", "number", number));
    }

    @SqlFunction(
            doc = "Returns the ratio of a circle's circumference to its diameter.",
            examples = "round(pi(), 4) = 3.1416")
    public static double pi() {
        return Math.PI;
    }

    @SqlFunction(
            doc = "Returns a random number from 0 to less than 1.",
            examples = {"rand() >= 0", "rand() < 1"},
            deterministic = false)
    public static double rand() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
