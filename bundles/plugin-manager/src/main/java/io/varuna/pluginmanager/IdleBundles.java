package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that are installed, but do not work, and why. Thread-safe. */
final class IdleBundles {
    private static final Logger LOG = LoggerFactory.getLogger(IdleBundles.class);

    private final BundleContext context;
    private final Map<Long, String> reasons = new ConcurrentHashMap<>();

    IdleBundles(BundleContext context) {
        this.context = context;
    }

    /** Notes that a bundle does not work, and why, in sentences that say what to do. */
    void put(Bundle bundle, String reason) {
        reasons.put(bundle.getBundleId(), reason);
    }

    void remove(Bundle bundle) {
        reasons.remove(bundle.getBundleId());
    }

    Optional<String> reason(Bundle bundle) {
        return Optional.ofNullable(reasons.get(bundle.getBundleId()));
    }

    /** Returns the one that would offer something if it worked. */
    Optional<Bundle> find(Offer offer) {
        return all().stream().filter(bundle -> offers(bundle).contains(offer)).findFirst();
    }

    /** Returns what a bundle says that it offers, which is read and not asked. */
    static List<Offer> offers(Bundle bundle) {
        String header = bundle.getHeaders("").get("Service-Component");
        return ManifestHeader.parse(header == null ? "" : header).stream()
                .flatMap(clause -> clause.names().stream())
                .flatMap(path -> Stream.ofNullable(bundle.getEntry(path)))
                .flatMap(description -> components(description).stream())
                .flatMap(component -> component.offers(bundle.getSymbolicName()).stream())
                .toList();
    }

    private static List<ComponentReader.Component> components(URL description) {
        try (InputStream in = description.openStream()) {
            return ComponentReader.components(in);
        } catch (IOException | XMLStreamException e) {
            LOG.warn("'{}' cannot be read: {}", description, e.getMessage());
            return List.of();
        }
    }

    /** Returns those that are still installed. */
    List<Bundle> all() {
        return reasons.keySet().stream()
                .sorted()
                .flatMap(number -> Stream.ofNullable(context.getBundle(number)))
                .toList();
    }
}
