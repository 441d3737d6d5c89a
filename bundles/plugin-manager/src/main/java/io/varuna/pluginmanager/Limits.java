package io.varuna.pluginmanager;

import io.varuna.api.plugin.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long plugins may take for what.
 *
 * @param start until one has started, or stopped
 * @param offer until one that has started offers what it says
 * @param health for how long rules are watched with a new version before the former one goes
 */
record Limits(Duration start, Duration offer, Duration health) {
    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
    private static final Limits USUAL = new Limits(Bundles.LIMIT, Duration.ofSeconds(30), Duration.ofSeconds(3));

    static Limits of(BundleContext context) {
        return new Limits(
                read(context, "varuna.plugins.start", USUAL.start),
                USUAL.offer,
                read(context, "varuna.plugins.health", USUAL.health));
    }

    private static Duration read(BundleContext context, String property, Duration usual) {
        @Nullable String configured = context.getProperty(property);
        if (configured == null || configured.isBlank()) {
            return usual;
        }
        return Durations.parse(configured.strip()).orElseGet(() -> {
            LOG.warn("'{}' is not a time for {}, such as 3s; {} s are used", configured, property, usual.toSeconds());
            return usual;
        });
    }
}
