package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away plugins that came by one of the container's own ways, by that same way, so that they do not come back by it.
 *
 * @param features installs and removes features; null where the container has no such thing
 * @param deployed the directory from which the container deploys files
 */
record ForeignRemoval(Bundles bundles, @Nullable FeaturesService features, DeployDirectory deployed) {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRemoval.class);
    private static final Duration DEPLOYER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    void remove(Bundle bundle) {
        Optional<Path> file = deployed.file(bundle);
        if (file.isPresent()) {
            removeFile(bundle, file.get());
            return;
        }
        if (bundles.stuck().contains(bundle)) {
            bundles.starts().remove(bundle);
            LOG.warn(
                    "Plugin '{}' goes when it comes back from its start or stop, or with the next start of the container",
                    ServiceKinds.pluginName(bundle.getSymbolicName()));
            return;
        }
        List<Feature> owners = owners(bundle);
        if (!owners.isEmpty()) {
            removeFeature(bundle, owners);
            return;
        }
        bundles.uninstall(List.of(bundle));
        LOG.info(
                "Plugin '{}' is part of the distribution: it comes back with a new bundle cache",
                ServiceKinds.pluginName(bundle.getSymbolicName()));
    }

    private void removeFile(Bundle bundle, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Rejection.of("'" + file + "' cannot be deleted: " + e.getMessage(), e);
        }
        if (bundles.stuck().contains(bundle)) {
            bundles.starts().remove(bundle);
            LOG.warn("'{}' is deleted; bundle '{}' goes when it comes back, or with the container", file, bundle);
            return;
        }
        // the deployer takes away what it brought; if it does not run, so do we
        long deadline = System.nanoTime() + DEPLOYER.toNanos();
        while (bundle.getState() != Bundle.UNINSTALLED && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundles.uninstall(List.of(bundle));
        }
    }

    private List<Feature> owners(Bundle bundle) {
        FeaturesService service = features;
        if (service == null) {
            return List.of();
        }
        try {
            return Arrays.stream(service.listInstalledFeatures())
                    .filter(feature -> feature.getBundles().stream()
                            .map(BundleInfo::getLocation)
                            .anyMatch(bundle.getLocation()::equals))
                    .toList();
        } catch (Exception e) {
            throw new VarunaException(
                    StandardError.INTERNAL_ERROR, "The features cannot be listed: " + e.getMessage(), e);
        }
    }

    private void removeFeature(Bundle bundle, List<Feature> owners) {
        String plugin = ServiceKinds.pluginName(bundle.getSymbolicName());
        if (owners.size() > 1 || features == null) {
            throw new VarunaException(
                    StandardError.PLUGIN_IN_USE,
                    "Plugin '" + plugin + "' is in the features "
                            + String.join(
                                    ", ", owners.stream().map(Feature::getId).toList())
                            + ". Uninstall those with feature:uninstall");
        }
        Feature feature = owners.get(0);
        try {
            features.uninstallFeature(feature.getName(), feature.getVersion());
        } catch (Exception e) {
            throw new VarunaException(
                    StandardError.PLUGIN_IN_USE,
                    "The feature '" + feature.getId() + "' that brought plugin '" + plugin + "' cannot be uninstalled: "
                            + e.getMessage(),
                    e);
        }
    }
}
