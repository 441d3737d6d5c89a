package io.varuna.engine.plugin;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the properties of a connection by itself, before a source or sink uses it. */
public final class ConnectionCheck {
    private ConnectionCheck() {}

    /** Returns what makes connections of a type, or fails, naming the types that there are. */
    public static ProvidedPlugin<ConnectionFactory<?, ?>> plugin(PluginRegistry registry, String type) {
        return registry.connection(type).orElseThrow(() -> {
            Collection<String> known = registry.types(PluginKind.CONNECTION);
            return new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "No plugin makes connections of type '" + type + "'. There "
                            + (known.isEmpty() ? "are none." : "are: " + String.join(", ", known) + "."));
        });
    }

    /** Fails with all that is wrong; {@code what} is what to call the connection. */
    public static void check(
            PluginRegistry registry, String type, Map<String, ? extends @Nullable Object> properties, String what) {
        check(plugin(registry, type).factory(), properties, what);
    }

    private static <C> void check(
            ConnectionFactory<C, ?> factory, Map<String, ? extends @Nullable Object> properties, String what) {
        ConfigType<C> config = ConfigType.of(factory.configType());
        List<String> problems = new ArrayList<>();
        config.check(properties, problems);
        for (String name : properties.keySet()) {
            if (!config.has(name)) {
                problems.add("has no property '" + name + "'");
            }
        }
        if (!problems.isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "The " + what + " " + String.join("; ", problems) + ". It takes: "
                            + String.join(", ", config.names()) + ".");
        }
        factory.validate(config.proxy(properties));
    }
}
