package io.varuna.pluginmanager.sample;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;

/** Functions for the bundles that tests make. */
public final class SampleFunctions implements FunctionLibrary {
    @SqlFunction(
            doc = "Returns the text twice.",
            name = {"twice", "doubled"})
    public static String twice(String text) {
        return text + text;
    }
}
