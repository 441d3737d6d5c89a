package io.varuna.testkit.manage;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.PropertyDescription;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plugins in memory: a sink 'lcd', the functions 'geo' that a rule uses, and what is installed. Not thread-safe. */
public final class MemoryPlugins implements PluginService {
    private final List<PluginDescription> plugins = new ArrayList<>();
    private final List<PluginRequest> requests = new ArrayList<>();
    private int sent;

    /** Creates those that are there at first. */
    public MemoryPlugins() {
        plugins.add(new PluginDescription(
                PluginKind.SINK,
                "lcd",
                "1.0.0",
                "com.acme.lcd",
                List.of(),
                List.of(
                        new PropertyDescription("color", "string", false, "white", "Color of the letters"),
                        new PropertyDescription("device", "string", true, "", "Where the display is"))));
        plugins.add(new PluginDescription(
                PluginKind.FUNCTION,
                "geo",
                "1.2.0",
                "io.varuna.plugin.geo",
                List.of("geohash", "distance"),
                List.of(),
                "CN=known",
                ""));
    }

    /** Has another source be there that may not be used. */
    public void addRefused(String name, String reason) {
        plugins.add(new PluginDescription(PluginKind.SOURCE, name, "1.0.0", name, List.of(), List.of(), "", reason));
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
                        StandardError.PLUGIN_NOT_FOUND, "There is no " + kind.plural() + " plugin '" + name + "'."));
    }

    /** Returns what was asked to be installed, the first first. */
    public List<PluginRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public PluginChange install(PluginRequest request) {
        requests.add(request);
        if (request.file().endsWith(".txt")) {
            throw new VarunaException(
                    StandardError.PLUGIN_REJECTED,
                    "'" + request.file() + "' is no zip file.",
                    new IOException("no beginning", new EOFException()));
        }
        PluginDescription plugin = new PluginDescription(
                request.kind(), request.name(), "1.0.0", request.name(), request.functions(), List.of());
        String before = versions(request);
        plugins.add(plugin);
        return change(request.name(), before, "1.0.0");
    }

    private String versions(PluginRequest request) {
        return list(request.kind()).stream()
                .filter(plugin -> plugin.name().equals(request.name()))
                .map(PluginDescription::version)
                .findFirst()
                .orElse("");
    }

    private static PluginChange change(String plugin, String from, String to) {
        RuleEffect effect = new RuleEffect(
                "r1",
                to.isEmpty() ? RuleReaction.WAIT : RuleReaction.SWAP,
                to.isEmpty() ? "until it is back" : "exchanged: sink '" + plugin + "_0'",
                Duration.ofMillis(to.isEmpty() ? 0 : 2));
        List<String> remarks = plugin.equals("geodesy")
                ? List.of("The plugins geo, geodesy have function 'distance'. That of 'geo' is used")
                : List.of();
        return new PluginChange(plugin, from, to, from.isEmpty() ? List.of() : List.of(effect), List.of(), remarks);
    }

    @Override
    public PluginChange install(PluginRequest request, InputStream content) {
        read(content);
        return install(request);
    }

    private void read(InputStream content) {
        try {
            sent = content.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many bytes came with a request last. */
    public int sent() {
        return sent;
    }

    @Override
    public PluginChange previewInstall(PluginRequest request) {
        return change(request.name(), versions(request), "1.0.0");
    }

    @Override
    public PluginChange previewInstall(PluginRequest request, InputStream content) {
        read(content);
        return previewInstall(request);
    }

    @Override
    public List<PluginEvent> events() {
        return List.of(
                new PluginEvent(1_700_000_000_000L, PluginEvent.What.INSTALLED, "lcd", "Version 1.0.0 is installed"));
    }

    @Override
    public PluginChange rollback(PluginKind kind, String name) {
        return change(name, get(kind, name).version(), "0.9.0");
    }

    @Override
    public PluginChange previewRemoval(PluginKind kind, String name) {
        return change(name, get(kind, name).version(), "");
    }

    @Override
    public PluginChange remove(PluginKind kind, String name, boolean force) {
        PluginChange change = previewRemoval(kind, name);
        if (name.equals("geo") && !force) {
            throw new VarunaException(StandardError.PLUGIN_IN_USE, "Plugin 'geo' 1.2.0 is used by rule 'r1'.");
        }
        plugins.remove(get(kind, name));
        return change;
    }
}
