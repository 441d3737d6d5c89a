package io.varuna.pluginmanager;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyDescription;
import io.varuna.api.plugin.PluginFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plugins offer now: their services, however the bundles came. */
final class PluginCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

    private final BundleContext context;
    private final Comparator<Bundle> order;
    private final WantedPlugins wanted;
    private final Gate gate;
    private final Bundles bundles;

    /**
     * Creates the catalogue.
     *
     * @param users who know which version is in use where there are several
     * @param wanted what came through us
     * @param gate knows of the others whether they may be used
     * @param bundles who know those that must not be asked
     */
    PluginCatalog(BundleContext context, Users users, WantedPlugins wanted, Gate gate, Bundles bundles) {
        this.context = context;
        this.bundles = bundles;
        this.wanted = wanted;
        this.gate = gate;
        this.order = Comparator.comparing((Bundle bundle) -> isAdmitted(bundle))
                .thenComparing(bundle -> users.isPreferred(
                        ServiceKinds.pluginName(bundle.getSymbolicName()), BundleFile.plain(bundle.getVersion())))
                .thenComparing(bundle -> !users.isRefused(
                        ServiceKinds.pluginName(bundle.getSymbolicName()), BundleFile.plain(bundle.getVersion())))
                .thenComparing(Bundle::getVersion);
    }

    /**
     * Returns what is offered of a kind, in the order of the names; of several with one name the version in use. What would be
     * offered, if it worked, is there with the reason why it does not.
     */
    List<PluginDescription> list(PluginKind kind) {
        Map<String, List<ServiceReference<?>>> byName = new LinkedHashMap<>();
        references(kind).forEach(reference -> byName.computeIfAbsent(name(kind, reference), key -> new ArrayList<>())
                .add(reference));
        Stream<PluginDescription> idle = bundles.idle().all().stream()
                .flatMap(bundle -> IdleBundles.offers(bundle).stream()
                        .filter(offer -> offer.kind() == kind && !byName.containsKey(offer.name()))
                        .map(offer -> describeIdle(offer, bundle)));
        return Stream.concat(
                        byName.entrySet().stream().map(entry -> describe(kind, entry.getKey(), entry.getValue())), idle)
                .sorted(Comparator.comparing(PluginDescription::name))
                .toList();
    }

    /** Returns the bundle that offers something, of several the version in use. */
    Optional<Bundle> provider(Offer offer) {
        return references(offer.kind()).stream()
                .filter(reference -> name(offer.kind(), reference).equals(offer.name()))
                .map(ServiceReference::getBundle)
                .max(order);
    }

    private PluginDescription describeIdle(Offer offer, Bundle bundle) {
        return new PluginDescription(
                offer.kind(),
                offer.name(),
                BundleFile.plain(bundle.getVersion()),
                ServiceKinds.pluginName(bundle.getSymbolicName()),
                List.of(),
                List.of(),
                Bundles.isOurs(bundle) ? wanted.signer(bundle) : gate.signer(bundle),
                bundles.idle().reason(bundle).orElse("It does not work any more"));
    }

    /** Tells whether a bundle offers something. */
    boolean provides(Bundle bundle, Offer offer) {
        return references(offer.kind()).stream()
                .anyMatch(reference -> bundle.equals(reference.getBundle())
                        && name(offer.kind(), reference).equals(offer.name()));
    }

    /** Tells whether what a bundle offers, if it does, may be used. */
    boolean isAdmitted(Bundle bundle) {
        return !isPlugin(bundle) || gate.refusal(bundle).isEmpty();
    }

    /** Tells whether a bundle is a part of the distribution. */
    boolean isOfDistribution(Bundle bundle) {
        return gate.isOfDistribution(bundle);
    }

    /** Tells whether a bundle offers anything. */
    boolean isPlugin(Bundle bundle) {
        return Arrays.stream(PluginKind.values())
                .flatMap(kind -> references(kind).stream())
                .anyMatch(reference -> bundle.equals(reference.getBundle()));
    }

    private List<ServiceReference<?>> references(PluginKind kind) {
        try {
            Collection<? extends ServiceReference<?>> found =
                    context.getServiceReferences(ServiceKinds.service(kind), null);
            // gone between two looks
            return found.stream()
                    .<ServiceReference<?>>map(Function.identity())
                    .filter(reference ->
                            reference.getBundle() != null && !bundles.stuck().contains(reference.getBundle()))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(PluginKind kind, ServiceReference<?> reference) {
        if (reference.getProperty(ServiceKinds.TYPE) instanceof String type) {
            return type;
        }
        String symbolicName = reference.getBundle().getSymbolicName();
        return kind == PluginKind.FUNCTION ? ServiceKinds.libraryName(symbolicName) : symbolicName;
    }

    private PluginDescription describe(PluginKind kind, String name, List<ServiceReference<?>> references) {
        Bundle bundle =
                references.stream().map(ServiceReference::getBundle).max(order).orElseThrow();
        List<ServiceReference<?>> own = references.stream()
                .filter(reference -> bundle.equals(reference.getBundle()))
                .toList();
        String refusal = gate.refusal(bundle).orElse("");
        // code of one that may not be used is not run, not even to describe it
        boolean asked = refusal.isEmpty();
        return new PluginDescription(
                kind,
                name,
                BundleFile.plain(bundle.getVersion()),
                ServiceKinds.pluginName(bundle.getSymbolicName()),
                asked && kind == PluginKind.FUNCTION ? functions(own) : List.of(),
                asked && kind != PluginKind.FUNCTION ? properties(kind, name, own.get(0)) : List.of(),
                Bundles.isOurs(bundle) ? wanted.signer(bundle) : gate.signer(bundle),
                refusal);
    }

    /** Returns the names of the functions that a bundle offers. */
    List<String> functions(Bundle bundle) {
        return functions(libraries(bundle));
    }

    /** Returns all names by which statements can call the functions that a bundle offers. */
    List<String> callableNames(Bundle bundle) {
        return names(
                libraries(bundle), function -> Stream.concat(Stream.of(function.name()), function.aliases().stream()));
    }

    private List<ServiceReference<?>> libraries(Bundle bundle) {
        return references(PluginKind.FUNCTION).stream()
                .filter(reference -> bundle.equals(reference.getBundle()))
                .toList();
    }

    private List<String> functions(List<ServiceReference<?>> references) {
        return names(references, function -> Stream.of(function.name()));
    }

    private List<String> names(
            List<ServiceReference<?>> references, Function<FunctionDefinition, Stream<String>> names) {
        return references.stream()
                .flatMap(reference -> ask(
                        reference,
                        service -> service instanceof FunctionLibrary library
                                ? library.functions().stream().flatMap(names).toList()
                                : List.<String>of())
                        .orElse(List.of())
                        .stream())
                .sorted()
                .toList();
    }

    private List<PropertyDescription> properties(PluginKind kind, String name, ServiceReference<?> reference) {
        Map<String, PropertyDescription> properties = new LinkedHashMap<>();
        ownProperties(reference).forEach(property -> properties.put(property.name(), property));
        if (kind != PluginKind.CONNECTION && kind != PluginKind.CODEC) {
            references(PluginKind.CONNECTION).stream()
                    .filter(connection -> name.equals(connection.getProperty(ServiceKinds.TYPE))
                            && reference.getBundle().equals(connection.getBundle()))
                    .flatMap(connection -> ownProperties(connection).stream())
                    .forEach(property -> properties.putIfAbsent(property.name(), property));
        }
        return List.copyOf(properties.values());
    }

    private List<PropertyDescription> ownProperties(ServiceReference<?> reference) {
        return ask(
                        reference,
                        service -> service instanceof PluginFactory<?> factory
                                ? List.<Class<?>>of(factory.configType())
                                : List.<Class<?>>of())
                .stream()
                .flatMap(List::stream)
                .flatMap(type -> PropertyReader.properties(type, descriptions(reference.getBundle(), type)).stream())
                .toList();
    }

    private static Map<String, String> descriptions(Bundle bundle, Class<?> type) {
        Map<String, String> descriptions = new HashMap<>();
        URL metatype = bundle.getEntry("OSGI-INF/metatype/" + type.getName() + ".xml");
        if (metatype == null) {
            return descriptions;
        }
        try (InputStream in = metatype.openStream()) {
            descriptions.putAll(PropertyReader.descriptions(in));
        } catch (IOException | XMLStreamException e) {
            LOG.warn("The descriptions of '{}' in bundle '{}' cannot be read: {}", type, bundle, e.getMessage());
        }
        return descriptions;
    }

    /** Asks code of a plugin, which may be broken in any way. */
    private <T> Optional<T> ask(ServiceReference<?> reference, Function<Object, ? extends T> question) {
        try {
            Object service = context.getService(reference);
            return service == null ? Optional.empty() : Optional.of(question.apply(service));
        } catch (RuntimeException | Error e) {
            LOG.warn("Plugin '{}' cannot be described: {}", reference.getBundle(), e.toString());
            return Optional.empty();
        } finally {
            context.ungetService(reference);
        }
    }

    List<PluginDescription> list() {
        return Arrays.stream(PluginKind.values())
                .flatMap(kind -> list(kind).stream())
                .toList();
    }
}
