package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which content of which file has come back from its start, by the SHA-256: as nothing else says after a restart whether a file
 * is still the same. It is as easily made anew as the bundles themselves. Not thread-safe.
 */
final class DeployedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedFiles.class);

    private final Path file;
    private final Properties known = new Properties();

    DeployedFiles(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                known.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("'{}' cannot be read, so all that is deployed starts anew: {}", file, e.getMessage());
            }
        }
    }

    boolean has(String location) {
        return known.containsKey(location);
    }

    boolean has(String location, String sha256) {
        return sha256.equals(known.getProperty(location));
    }

    void put(String location, String sha256) {
        known.setProperty(location, sha256);
        write();
    }

    void remove(String location) {
        if (known.remove(location) != null) {
            write();
        }
    }

    private void write() {
        try (OutputStream out = Files.newOutputStream(file)) {
            known.store(out, null);
        } catch (IOException e) {
            LOG.warn("'{}' cannot be written: {}", file, e.getMessage());
        }
    }
}
