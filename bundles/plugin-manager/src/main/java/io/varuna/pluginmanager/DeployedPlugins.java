package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings and takes away the plugins that lie in the hot deploy directory. The container would do it on the one thread that looks
 * after all files there, which a plugin that does not come back from its start or stop would keep. Thread-safe.
 */
@Component(service = ArtifactInstaller.class)
public final class DeployedPlugins implements ArtifactInstaller, BundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedPlugins.class);
    private static final int CHANGES = BundleEvent.INSTALLED | BundleEvent.RESOLVED | BundleEvent.UPDATED;

    private final BundleContext context;
    private final InstalledPlugins plugins;
    private final Bundles bundles;
    private final DeployedFiles files;
    /** What could not start, and may when something else is there, with its content's SHA-256. */
    private final Map<File, String> failed = new HashMap<>();
    /** What has changed while its plugin kept the thread that was to start it. */
    private final Set<File> changed = new HashSet<>();

    @Activate
    public DeployedPlugins(BundleContext context, @Reference InstalledPlugins plugins) {
        this(context, plugins, context.getDataFile("deployed.properties").toPath());
    }

    DeployedPlugins(BundleContext context, InstalledPlugins plugins, Path known) {
        this.context = context;
        this.plugins = plugins;
        this.bundles = plugins.bundles();
        this.files = new DeployedFiles(known);
        context.addBundleListener(this);
    }

    @Deactivate
    void close() {
        context.removeBundleListener(this);
    }

    @Override
    public boolean canHandle(File file) {
        return file.exists()
                ? isPlugin(file) || isBeingReplaced(file)
                : bundles.at(location(file)).isPresent();
    }

    /** Tells whether a file that we have brought is none meanwhile: the container would take away what it was. */
    private synchronized boolean isBeingReplaced(File file) {
        return files.has(location(file)) && !isArchive(file);
    }

    private static boolean isArchive(File file) {
        try (ZipFile zip = new ZipFile(file)) {
            return zip.size() > 0;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("'{}' is no archive, or not yet", file, e);
            return false;
        }
    }

    private static String location(File file) {
        return file.toURI().toString();
    }

    /** Tells whether a file is a bundle that is made for the engine, and not a part of it; one that is cut off is none yet. */
    private static boolean isPlugin(File file) {
        if (!file.getName().endsWith(".jar") || !file.isFile()) {
            return false;
        }
        try (JarFile jar = new JarFile(file, false)) {
            Manifest manifest = jar.getManifest();
            return manifest != null && PluginManifest.isPlugin(manifest.getMainAttributes()::getValue);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("'{}' is no jar, or not yet", file, e);
            return false;
        }
    }

    @Override
    public void install(File file) {
        // the container looks here before it has started all else
        plugins.awaitUsers();
        take(file);
    }

    private synchronized void take(File file) {
        try {
            bring(file);
        } catch (VarunaException e) {
            LOG.debug("'{}' is not taken", file, e);
            plugins.refused(file.getName(), String.valueOf(e.getMessage()));
        }
    }

    /** The container also calls this after its start, for what was there before. */
    @Override
    public void update(File file) {
        install(file);
    }

    @Override
    public synchronized void uninstall(File file) {
        failed.remove(file);
        changed.remove(file);
        files.remove(location(file));
        bundles.at(location(file)).ifPresent(bundle -> bundles.uninstall(List.of(bundle)));
    }

    private void bring(File file) {
        if (isBeingReplaced(file)) {
            throw Rejection.of(
                    "'" + file.getName() + "' is cut off, or no jar any more. What it was before is used until a"
                            + " whole one takes its place, or the file is deleted");
        }
        BundleFile content = BundleFile.read(file.getName(), file.toPath());
        String location = location(file);
        Optional<Bundle> present = bundles.at(location);
        if (present.isPresent() && files.has(location, content.sha256())) {
            startAgain(present.get(), file, content.sha256());
            return;
        }
        checkVersion(content, location);
        if (present.isPresent() && bundles.stuck().contains(present.get())) {
            changed.add(file);
            throw Rejection.of("Plugin " + BundleFile.title(content.symbolicName(), content.version())
                    + " waits for what '" + file.getName() + "' was before, which has not come back from its start or"
                    + " stop. Start the container again, or give the file another name and version");
        }
        files.remove(location);
        Bundle bundle = present.isPresent() ? replace(present.get(), file) : add(content, file);
        start(bundle, file, content.sha256());
    }

    /** Starts what ran when the container ended; it is not started before it is known that its file is the same. */
    private void startAgain(Bundle bundle, File file, String sha256) {
        if (bundles.starts().isToStart(bundle) && PluginStarts.isIdle(bundle)) {
            start(bundle, file, sha256);
        }
    }

    /** The container's own deployer would put the file into the place of what has the same name and version. */
    private void checkVersion(BundleFile content, String location) {
        bundles.find(content.symbolicName(), content.version())
                .filter(other -> !other.getLocation().equals(location))
                .ifPresent(other -> {
                    throw Rejection.of("Plugin " + BundleFile.title(content.symbolicName(), content.version())
                            + " is there already, from '" + other.getLocation() + "', so '" + content.name()
                            + "' is not used. Remove that one first, or give this one a higher version");
                });
    }

    private Bundle add(BundleFile content, File file) {
        return bundles.install(content.symbolicName(), content.version().toString(), file.toPath(), location(file));
    }

    private Bundle replace(Bundle bundle, File file) {
        try {
            bundles.stop(bundle, () -> comeBack(bundle, file));
        } catch (PluginCalls.LateException e) {
            changed.add(file);
            throw idle(bundle, "was to stop for '" + file.getName() + "' to take its place, but ", e);
        }
        bundles.update(bundle, file.toPath());
        return bundle;
    }

    private void start(Bundle bundle, File file, String sha256) {
        String plugin = ServiceKinds.pluginName(bundle.getSymbolicName());
        failed.remove(file);
        // one that fails now is tried again by the next start of the container
        files.remove(location(file));
        try {
            bundles.start(bundle, () -> comeBack(bundle, file));
            files.put(location(file), sha256);
        } catch (PluginCalls.LateException e) {
            plugins.refused(
                    plugin,
                    String.valueOf(idle(bundle, "cannot be started: it ", e).getMessage()));
            stop(bundle, file);
        } catch (VarunaException e) {
            failed.put(file, sha256);
            bundles.idle().put(bundle, String.valueOf(e.getMessage()));
            plugins.refused(plugin, String.valueOf(e.getMessage()));
        }
    }

    private VarunaException idle(Bundle bundle, String what, PluginCalls.LateException late) {
        String text = "Plugin " + BundleFile.title(bundle.getSymbolicName(), bundle.getVersion()) + " " + what
                + late.getMessage()
                + (bundles.stuck().contains(bundle)
                        ? ". It does not listen to being interrupted either, so its thread is given up, and nothing of it is"
                                + " used. Take the file away; it goes when it comes back, or with the next start of the"
                                + " container. Another version can be put beside it at once"
                        : ". It was interrupted, and nothing of it is used. Take the file away, or put one in its place that"
                                + " starts");
        bundles.idle().put(bundle, text);
        return Rejection.of(text, late);
    }

    /** What was interrupted may have started half. */
    private void stop(Bundle bundle, File file) {
        if (bundles.stuck().contains(bundle)) {
            return;
        }
        try {
            bundles.stop(bundle, () -> comeBack(bundle, file));
        } catch (PluginCalls.LateException e) {
            LOG.warn("Plugin '{}' was to stop, but {}", bundle, e.getMessage());
        }
    }

    /** Looks again at a file whose plugin has come back after it was given up. */
    private synchronized void comeBack(Bundle bundle, File file) {
        if (!file.exists()) {
            uninstall(file);
            return;
        }
        stop(bundle, file);
        if (changed.remove(file)) {
            install(file);
        }
    }

    @Override
    public synchronized void bundleChanged(BundleEvent event) {
        if ((event.getType() & CHANGES) != 0 && !failed.isEmpty()) {
            failed.keySet().stream()
                    .filter(file -> !location(file).equals(event.getBundle().getLocation()))
                    .forEach(file -> plugins.later(() -> again(file)));
        }
    }

    private synchronized void again(File file) {
        String sha256 = failed.get(file);
        if (sha256 != null) {
            bundles.at(location(file)).ifPresent(bundle -> start(bundle, file, sha256));
        }
    }
}
