package io.varuna.itests.rules;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.rulekit.RuleHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The functions and formats that come with the distribution. */
public final class StandardPlugins {
    private static final List<String> LIBRARIES = ComponentIndex.providing(FunctionLibrary.class);
    private static final List<String> FORMATS = ComponentIndex.providing(io.varuna.api.codec.CodecFactory.class);

    private StandardPlugins() {}

    public static RuleHarness harness(Instant start) {
        return RuleHarness.starting(start, libraries(), formats());
    }

    public static List<FunctionLibrary> libraries() {
        List<FunctionLibrary> libraries = new ArrayList<>();
        LIBRARIES.forEach(name -> libraries.add((FunctionLibrary) ComponentIndex.create(name)));
        return libraries;
    }

    private static List<PluginFactory<?>> formats() {
        List<PluginFactory<?>> formats = new ArrayList<>();
        FORMATS.forEach(name -> formats.add((PluginFactory<?>) ComponentIndex.create(name)));
        return formats;
    }
}
