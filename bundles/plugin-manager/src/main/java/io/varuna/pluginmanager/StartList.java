package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which plugins are to be started with the container, and which are to be taken away when it starts, by the addresses of their
 * bundles. It lies with the bundles that the framework keeps, and goes with them. Thread-safe.
 */
final class StartList {
    private static final Logger LOG = LoggerFactory.getLogger(StartList.class);
    private static final String START = "start";
    private static final String REMOVE = "remove";

    private final Path file;
    private final Properties known = new Properties();

    StartList(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                known.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("'{}' cannot be read, so plugins that it names are not started: {}", file, e.getMessage());
            }
        }
    }

    /** Has a plugin started with the container, unless the framework itself does that, or it is to be taken away. */
    synchronized void add(Bundle bundle) {
        if (!isToGo(bundle) && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            put(bundle, START);
        }
    }

    /** Has a plugin taken away by the next start of the container, and not started before. */
    synchronized void remove(Bundle bundle) {
        put(bundle, REMOVE);
    }

    private void put(Bundle bundle, String what) {
        if (!what.equals(known.setProperty(bundle.getLocation(), what))) {
            write();
        }
    }

    /** Has a plugin neither started nor taken away. */
    synchronized void forget(Bundle bundle) {
        if (known.remove(bundle.getLocation()) != null) {
            write();
        }
    }

    synchronized boolean isToStart(Bundle bundle) {
        return START.equals(known.getProperty(bundle.getLocation()));
    }

    synchronized boolean isToGo(Bundle bundle) {
        return REMOVE.equals(known.getProperty(bundle.getLocation()));
    }

    /** Forgets what is not among these bundles. */
    synchronized void keepOnly(List<Bundle> bundles) {
        List<String> locations = bundles.stream().map(Bundle::getLocation).toList();
        if (known.keySet().removeIf(location -> !locations.contains(location))) {
            write();
        }
    }

    private void write() {
        try (OutputStream out = Files.newOutputStream(file)) {
            known.store(out, null);
        } catch (IOException e) {
            LOG.warn("'{}' cannot be written, so plugins may not start with the container: {}", file, e.getMessage());
        }
    }
}
