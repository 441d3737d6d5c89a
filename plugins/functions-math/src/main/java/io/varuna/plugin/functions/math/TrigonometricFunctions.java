package io.varuna.plugin.functions.math;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions of angles, in radians. Where a function is not defined, the result is NULL. */
@Component
public final class TrigonometricFunctions implements FunctionLibrary {
    private static @Nullable Double defined(double result) {
        return Double.isNaN(result) ? null : (Double) result;
    }

    @SqlFunction(
            doc = "Returns the arc cosine, from 0 to pi; NULL for numbers beyond -1 and 1.",
            examples = {"acos(1) = 0", "acos(2) IS NULL"})
    public static @Nullable Double acos(double number) {
        return defined(Math.acos(number));
    }

    @SqlFunction(
            doc = "Returns the arc sine, from -pi/2 to pi/2; NULL for numbers beyond -1 and 1.",
            examples = {"asin(0) = 0", "asin(2) IS NULL"})
    public static @Nullable Double asin(double number) {
        return defined(Math.asin(number));
    }

    @SqlFunction(doc = "Returns the arc tangent, from -pi/2 to pi/2.", examples = "atan(0) = 0")
    public static double atan(double number) {
        return Math.atan(number);
    }

    @SqlFunction(doc = "Returns the angle of the point (x, y), from -pi to pi.", examples = "atan2(0, 1) = 0")
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    @SqlFunction(doc = "Returns the cosine.", examples = "cos(0) = 1")
    public static @Nullable Double cos(double angle) {
        return defined(Math.cos(angle));
    }

    @SqlFunction(doc = "Returns the hyperbolic cosine.", examples = "cosh(0) = 1")
    public static double cosh(double number) {
        return Numbers.finite("cosh", Math.cosh(number), number);
    }

    @SqlFunction(doc = "Returns the cotangent.", examples = "round(cot(1), 4) = 0.6421")
    public static double cot(double angle) {
        return Numbers.finite("cot", 1 / Math.tan(angle), angle);
    }

    @SqlFunction(doc = "Returns the sine.", examples = "sin(0) = 0")
    public static @Nullable Double sin(double angle) {
        return defined(Math.sin(angle));
    }

    @SqlFunction(doc = "Returns the hyperbolic sine.", examples = "sinh(0) = 0")
    public static double sinh(double number) {
        return Numbers.finite("sinh", Math.sinh(number), number);
    }

    @SqlFunction(doc = "Returns the tangent.", examples = "tan(0) = 0")
    public static @Nullable Double tan(double angle) {
        return defined(Math.tan(angle));
    }

    @SqlFunction(doc = "Returns the hyperbolic tangent.", examples = "tanh(0) = 0")
    public static double tanh(double number) {
        return Math.tanh(number);
    }

    @SqlFunction(doc = "Converts degrees to radians.", examples = "radians(180) = pi()")
    public static double radians(double degrees) {
        return degrees * (Math.PI / 180);
    }

    @SqlFunction(doc = "Converts radians to degrees.", examples = "degrees(pi()) = 180")
    public static double degrees(double radians) {
        return radians * (180 / Math.PI);
    }
}
