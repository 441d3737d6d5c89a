package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.PropertyDescription;
import java.util.ArrayList;
import java.util.List;

/** Plugins in memory. */
final class MemoryPlugins implements PluginService {
    private final List<PluginDescription> plugins = new ArrayList<>();
    private final List<PluginRequest> requests = new ArrayList<>();

    MemoryPlugins() {
        plugins.add(new PluginDescription(
                PluginKind.SINK,
                "log",
                "1.0.0",
                "io.varuna.plugin.log",
                List.of(),
                List.of(
                        new PropertyDescription("level", "string", false, "info", "Level of the lines"),
                        new PropertyDescription("marker", "string", true, "", "What lines begin with"))));
        plugins.add(new PluginDescription(
                PluginKind.FUNCTION,
                "geo",
                "1.2.0",
                "io.varuna.plugin.geo",
                List.of("geohash", "distance"),
                List.of()));
    }

    List<PluginRequest> requests() {
        return requests;
    }

    @Override
    public List<PluginDescription> list() {
        return List.copyOf(plugins);
    }

    @Override
    public List<PluginDescription> list(PluginKind kind) {
        return plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
    }

    @Override
    public PluginDescription get(PluginKind kind, String name) {
        return list(kind).stream()
                .filter(plugin -> plugin.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.PLUGIN_NOT_FOUND,
                        "There is no plugin '" + name + "' among the " + kind.plural() + "."));
    }

    @Override
    public PluginDescription install(PluginRequest request) {
        requests.add(request);
        if (request.file().endsWith(".txt")) {
            throw new VarunaException(
                    StandardError.PLUGIN_REJECTED, "It is no zip file.", new IllegalStateException("no beginning"));
        }
        PluginDescription plugin =
                new PluginDescription(request.kind(), request.name(), "1.0.0", request.name(), List.of(), List.of());
        plugins.add(plugin);
        return plugin;
    }

    @Override
    public void remove(PluginKind kind, String name) {
        plugins.remove(get(kind, name));
    }
}
