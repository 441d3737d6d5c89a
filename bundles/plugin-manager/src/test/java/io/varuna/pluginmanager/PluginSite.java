package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** A framework with the plugin interface, into which plugins are installed. */
final class PluginSite implements AutoCloseable {
    private final Path directory;
    private final Framework framework;
    private final InstalledPlugins plugins;

    PluginSite(Path directory) throws BundleException {
        this.directory = directory;
        this.framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        directory.resolve("cache").toString(),
                        "org.osgi.framework.system.packages.extra",
                        "io.varuna.api.sink;version=1.0.0,io.varuna.api.plugin;version=1.0.0,"
                                + "io.varuna.api.function;version=1.0.0"));
        framework.start();
        this.plugins = new InstalledPlugins(
                framework.getBundleContext(),
                directory.resolve("plugins"),
                new Download(new AddressPolicy(false), Duration.ofSeconds(10), 10_000_000),
                Trusts.of(directory.resolve("trusted"), SignaturePolicy.WARN),
                Duration.ofSeconds(2));
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    PluginDescription install(Jars content) {
        Path file = content.write(directory.resolve("sample.zip"));
        return plugins.install(
                new PluginRequest(PluginKind.SINK, "sample", file.toUri().toString(), List.of()));
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
