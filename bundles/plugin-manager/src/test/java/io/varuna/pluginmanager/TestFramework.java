package io.varuna.pluginmanager;

import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** A framework with nothing in it but the plugins that a test installs; registered as an extension it ends with each test. */
final class TestFramework implements AutoCloseable, AfterEachCallback {
    private final Path directory;
    private final boolean temporary;
    private final SignaturePolicy policy;
    private Framework framework;
    private InstalledPlugins plugins;

    /** Starts it in a directory of its own, which goes with it. */
    TestFramework() {
        this(temporaryDirectory(), SignaturePolicy.WARN, true);
    }

    TestFramework(Path directory) {
        this(directory, SignaturePolicy.WARN);
    }

    TestFramework(Path directory, SignaturePolicy policy) {
        this(directory, policy, false);
    }

    private TestFramework(Path directory, SignaturePolicy policy, boolean temporary) {
        this.directory = directory;
        this.policy = policy;
        this.temporary = temporary;
        try {
            this.framework = start("cache");
        } catch (BundleException e) {
            throw new IllegalStateException("The framework cannot be started", e);
        }
        this.plugins = open();
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("varuna-plugins");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the framework and the store are. */
    Path directory() {
        return directory;
    }

    private Framework start(String cache) throws BundleException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("org.osgi.framework.storage", directory.resolve(cache).toString());
        configuration.put(
                "org.osgi.framework.system.packages.extra",
                "io.varuna.api.sink;version=1.0.0,io.varuna.api.plugin;version=1.0.0,io.varuna.api.function;version=1.0.0");
        Framework started = new FrameworkFactory().newFramework(configuration);
        started.start();
        return started;
    }

    private InstalledPlugins open() {
        Installation installation = installation(directory);
        Trust trust = Trusts.of(directory.resolve("trusted"), policy);
        Catalogs catalogs = new Catalogs(trust, installation, new Bundles(framework.getBundleContext()).api());
        InstalledPlugins opened = new InstalledPlugins(
                framework.getBundleContext(),
                new Gate(framework.getBundleContext(), trust, directory.resolve("system")),
                installation,
                new PluginSources(installation.download(), catalogs, trust),
                new Limits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO));
        TestRules none = new TestRules();
        none.await(PluginKind.SINK, "of nobody");
        opened.setUsers(none);
        return opened;
    }

    /** Returns an installation that has everything in one directory. */
    static Installation installation(Path directory) {
        return new Installation(directory, directory, directory, directory, directory.resolve("data"), false);
    }

    /** Lets the framework start the bundles of a start level; it is at 1 before. */
    void reach(int level) {
        FrameworkStartLevel start = framework.adapt(FrameworkStartLevel.class);
        start.setStartLevel(level);
        await().until(() -> start.getStartLevel() == level);
    }

    InstalledPlugins plugins() {
        return plugins;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stops the framework and starts it with a bundle cache, which is empty if it is a new one. */
    void restart(String cache) throws BundleException, InterruptedException {
        stop();
        framework = start(cache);
        plugins = open();
        Bundles bundles = plugins.bundles();
        await("plugins have started").until(() -> bundles.all().stream()
                .filter(bundles.starts()::isToStart)
                .filter(bundle ->
                        bundles.isReady(bundle) && !bundle.getLocation().contains("/deploy/"))
                .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE
                        || bundles.idle().reason(bundle).isPresent()));
    }

    private void stop() throws BundleException, InterruptedException {
        plugins.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        stop();
        if (temporary) {
            PluginSources.delete(directory);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws BundleException, InterruptedException {
        close();
    }

    PluginChange install(Jars content) {
        return plugins.install(request(content));
    }

    /** Has a version of the plugin come by a way of the container's own. */
    void deploy(String version) throws BundleException {
        Path file = Jars.plugin(version).write(directory.resolve("sample-" + version + ".jar"));
        context().installBundle(file.toUri().toString()).start();
    }

    /** Returns a request for the sink 'sample' with a file of this content. */
    PluginRequest request(Jars content) {
        Path file = content.write(directory.resolve("sample.zip"));
        return new PluginRequest(PluginKind.SINK, "sample", file.toUri().toString(), List.of());
    }

    /** Returns the bundle of the plugin with a version; empty if it is not installed. */
    List<Bundle> bundle(String version) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> Jars.SYMBOLIC_NAME.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(version))
                .toList();
    }

    /** Returns the names of the files that are kept. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
