package io.varuna.pluginmanager;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory from which the container deploys files. */
record DeployDirectory(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(DeployDirectory.class);

    /** Returns the file in it that a bundle came from, which may be gone; empty if it came otherwise. */
    Optional<Path> file(Bundle bundle) {
        String location = bundle.getLocation();
        if (!location.startsWith("file:")) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(URI.create(location)).toAbsolutePath().normalize();
            return file.startsWith(path.toAbsolutePath().normalize()) ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.debug("'{}' is the location of no file", location, e);
            return Optional.empty();
        }
    }
}
