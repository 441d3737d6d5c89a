package io.varuna.runtime;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.StreamService;
import io.varuna.engine.plugin.ProvidedPlugin;
import io.varuna.engine.time.VirtualTime;
import io.varuna.runtime.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The runtime without a container, on a clock that the test moves. It has the source 'feed' and the sink 'collect'. */
final class TestContainer implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-15T06:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final Plugins plugins = new Plugins();
    private final FeedSource feed = new FeedSource();
    private final CollectSink collect = new CollectSink();
    private final ContainerRuntime runtime;

    /** Functions that come and go. */
    public static final class Library implements FunctionLibrary {
        private Library() {}

        @SqlFunction(doc = "Returns the text twice.")
        public static String twice(String text) {
            return text + text;
        }
    }

    final ConfiguredProfiles configured = new ConfiguredProfiles();
    static final Library LIBRARY = new Library();

    TestContainer(Path directory) {
        this(directory, Optional.empty(), true);
    }

    TestContainer(Path directory, Optional<Path> init, boolean withPlugins) {
        plugins.add(new ProvidedPlugin<>(PluginKind.CODEC, "json", "json", "1.0.0", new JsonCodec()));
        if (withPlugins) {
            addFeed();
            addCollect("1.0.0");
        }
        runtime = ContainerRuntime.open(
                directory, init, plugins, configured, time, ZoneOffset.UTC, time::execute, users -> {});
    }

    void addFeed() {
        plugins.add(new ProvidedPlugin<>(PluginKind.SOURCE, "feed", "feed", "1.0.0", feed));
        time.settle();
    }

    void removeFeed() {
        plugins.remove(PluginKind.SOURCE, "feed", feed);
        time.settle();
    }

    void addCollect(String version) {
        plugins.add(new ProvidedPlugin<>(PluginKind.SINK, "collect", "collect", version, collect));
        time.settle();
    }

    void removeCollect() {
        plugins.remove(PluginKind.SINK, "collect", collect);
        time.settle();
    }

    Plugins plugins() {
        return plugins;
    }

    FeedSource feed() {
        return feed;
    }

    CollectSink collect() {
        return collect;
    }

    StreamService streams() {
        return runtime.streams();
    }

    RuleService rules() {
        return runtime.rules();
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    RuleState state(String rule) {
        return rules().status(rule).state();
    }

    String message(String rule) {
        return rules().status(rule).message();
    }

    void advance(Duration duration) {
        time.advanceTo(time.clock().instant().plus(duration));
        time.settle();
    }

    /** Lets pass what the runtime waits for the rest of a plugin's parts. */
    void settle() {
        advance(Duration.ofMillis(100));
    }

    @Override
    public void close() {
        runtime.close();
        time.close();
    }
}
