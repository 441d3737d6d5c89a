package io.varuna.testkit;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;

/** Leaves something of itself with the JDK, as a driver may that registers itself. */
public final class StickyFunctions implements FunctionLibrary {
    @SqlFunction(doc = "Returns its argument.", examples = "sticky(1) = 1")
    public static long sticky(long value) {
        System.getProperties().put(StickyFunctions.class, value);
        return value;
    }
}
