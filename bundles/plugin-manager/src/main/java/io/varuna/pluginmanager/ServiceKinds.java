package io.varuna.pluginmanager;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import java.util.Arrays;
import java.util.Optional;

/** Which service stands for which kind of plugin. */
final class ServiceKinds {
    /** The property of a service that holds its name. */
    static final String TYPE = "varuna.plugin.type";

    private static final String ENGINE = "io.varuna.";
    private static final String OURS = "io.varuna.plugin.";

    private ServiceKinds() {}

    static Class<?> service(PluginKind kind) {
        return switch (kind) {
            case SOURCE -> SourceFactory.class;
            case SINK -> SinkFactory.class;
            case LOOKUP -> LookupFactory.class;
            case CODEC -> CodecFactory.class;
            case CONNECTION -> ConnectionFactory.class;
            case FUNCTION -> FunctionLibrary.class;
        };
    }

    static Optional<PluginKind> kind(String service) {
        return Arrays.stream(PluginKind.values())
                .filter(kind -> service(kind).getName().equals(service))
                .findFirst();
    }

    /** Returns the name of the plugin that a bundle is. */
    static String pluginName(String symbolicName) {
        return symbolicName.startsWith(OURS) ? symbolicName.substring(OURS.length()) : symbolicName;
    }

    /** Tells whether a bundle is no part of the engine, by its name. */
    static boolean canBePlugin(String symbolicName) {
        return symbolicName.startsWith(OURS) || !symbolicName.startsWith(ENGINE);
    }

    /** Tells whether a package is one of the engine, and not of a plugin. */
    static boolean isEnginePackage(String name) {
        return name.startsWith(ENGINE) && !name.startsWith(OURS);
    }

    /** Returns the name under which the functions of a bundle are listed: the last part of its name. */
    static String libraryName(String symbolicName) {
        return symbolicName.substring(symbolicName.lastIndexOf('.') + 1);
    }
}
