package io.varuna.api.function;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.lang.reflect.Array;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Brings a value to the Java type of a parameter, or says which argument does not fit. */
final class ArgumentConversion {
    private final Class<?> type;
    private final Class<?> boxed;
    private final String function;
    private final String parameter;

    private ArgumentConversion(Class<?> type, String function, String parameter) {
        this.type = type;
        this.boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
        this.function = function;
        this.parameter = parameter;
    }

    static ArgumentConversion to(Class<?> type, String function, String parameter) {
        return new ArgumentConversion(type, function, parameter);
    }

    @Nullable
    Object apply(@Nullable Object value) {
        if (value == null && !type.isPrimitive()) {
            return null;
        }
        if (boxed.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number) {
            if (boxed == Double.class) {
                return number.doubleValue();
            }
            // whole-valued doubles stand for whole numbers: JSON does not tell them apart
            double exact = number.doubleValue();
            if (boxed == Long.class && exact == Math.rint(exact) && Math.abs(exact) < 0x1p63) {
                return number.longValue();
            }
            if (boxed == Integer.class && exact == Math.rint(exact) && Math.abs(exact) <= Integer.MAX_VALUE) {
                return number.intValue();
            }
        }
        throw new VarunaException(
                StandardError.EVALUATION_FAILED,
                "Argument '" + parameter + "' of '" + function + "' takes " + describe(boxed) + ", not "
                        + (value == null ? "NULL" : "'" + value + "' (" + describe(value.getClass()) + ")"));
    }

    Object applyAll(Args args, int from) {
        Object array = Array.newInstance(type, Math.max(0, args.size() - from));
        for (int i = from; i < args.size(); i++) {
            Array.set(array, i - from, apply(args.get(i)));
        }
        return array;
    }

    private static String describe(Class<?> type) {
        if (type == Long.class || type == Integer.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == byte[].class) {
            return "bytes";
        }
        if (java.util.List.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (java.util.Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
