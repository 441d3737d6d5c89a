package io.varuna.itests.rules;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.ProvidedPlugin;
import io.varuna.rulekit.RuleHarness;
import io.varuna.runtime.plugin.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The functions, formats and sources that come with the distribution. */
public final class StandardPlugins {
    private static final List<String> LIBRARIES = ComponentIndex.providing(FunctionLibrary.class);
    private static final List<String> FORMATS = ComponentIndex.providing(CodecFactory.class);
    private static final Plugins PLUGINS = plugins();

    private StandardPlugins() {}

    public static RuleHarness harness(Instant start) {
        return RuleHarness.starting(start, libraries(), formats());
    }

    /** Returns a harness whose statements the runtime carries out. */
    static RuleHarness withStore(Instant start) {
        return RuleHarness.starting(start, libraries(), formats(), harness -> new RuntimeStatements(harness, PLUGINS));
    }

    private static Plugins plugins() {
        Plugins plugins = new Plugins();
        addAll(plugins, PluginKind.SOURCE, SourceFactory.class);
        addAll(plugins, PluginKind.LOOKUP, LookupFactory.class);
        addAll(plugins, PluginKind.CODEC, CodecFactory.class);
        return plugins;
    }

    private static void addAll(Plugins plugins, PluginKind kind, Class<?> service) {
        ComponentIndex.providing(service)
                .forEach(name -> plugins.add(provided(kind, (PluginFactory<?>) ComponentIndex.create(name))));
    }

    private static ProvidedPlugin<?> provided(PluginKind kind, PluginFactory<?> factory) {
        String type = factory.getClass().getAnnotation(PluginType.class).value();
        return new ProvidedPlugin<>(kind, type, type, "1.0.0", factory);
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
