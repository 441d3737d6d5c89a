package io.varuna.runtime;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.ConnectionService;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.PluginAdmission;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.StreamService;
import io.varuna.api.manage.TrialService;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.ProvidedPlugin;
import io.varuna.engine.time.ElasticPool;
import io.varuna.engine.time.RealTime;
import io.varuna.runtime.plugin.Plugins;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties the runtime to the container: hands it the services of plugins, and registers the management interface when the store
 * is open. Where it cannot be opened, the reason is logged and nothing is registered.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "io.varuna.runtime")
@Designate(ocd = RuntimeComponent.Config.class)
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"io.varuna.api.manage.StreamService,io.varuna.api.manage.RuleService,io.varuna.api.manage.FunctionService,io.varuna.api.manage.ProfileService,io.varuna.api.manage.ConnectionService,io.varuna.api.manage.TrialService,io.varuna.api.manage.PluginUsers\"")
public final class RuntimeComponent {
    /** Settings of the runtime. */
    @ObjectClassDefinition(id = "io.varuna.runtime", name = "Varuna runtime")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "Time zone of schedules, and of windows of days and hours, such as Europe/Rome; empty for that"
                                + " of the system")
        String zone() default "";

        @AttributeDefinition(
                description =
                        "Plugins that are used where several have a source, sink, function, ... of one name, the first"
                                + " before the others. Without it, Varuna's own are used, then the first by name")
        String[] prefer() default {};
    }

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeComponent.class);
    private static final String TYPE = "varuna.plugin.type";
    private static final String OUR_PLUGINS = "io.varuna.plugin.";
    /** Most commands are quick; a stop may wait seconds for a sink whose other end is away. */
    private static final int COMMAND_THREADS = 16;
    /** How long the end of the container waits for rules; most stop at once, and each has five seconds for its sinks. */
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(15);

    private final BundleContext context;
    private final SynchronousBundleListener containerEnd = this::closeBeforePlugins;
    private final PluginAdmission admission;
    private final Plugins plugins = new Plugins();
    private final ConfiguredProfiles profiles = new ConfiguredProfiles();
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private @Nullable RealTime time;
    private @Nullable ElasticPool commands;
    private @Nullable ContainerRuntime runtime;

    /** Creates it; {@code admission} is asked before anything of a bundle is used. */
    @Activate
    public RuntimeComponent(BundleContext context, @Reference PluginAdmission admission) {
        this.context = context;
        this.admission = admission;
    }

    @Activate
    void activate(Config config) {
        plugins.preferPlugins(Arrays.stream(config.prefer())
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList());
        context.addBundleListener(containerEnd);
        RealTime clock = new RealTime();
        ElasticPool executor = new ElasticPool("varuna-command-", COMMAND_THREADS);
        time = clock;
        commands = executor;
        try {
            ContainerRuntime opened = ContainerRuntime.open(
                    directory(context),
                    Optional.ofNullable(context.getProperty("varuna.init"))
                            .filter(path -> !path.isBlank())
                            .map(Path::of),
                    plugins,
                    profiles,
                    clock,
                    zone(config.zone()),
                    executor,
                    users -> services.add(context.registerService(PluginUsers.class, users, null)));
            runtime = opened;
            services.add(context.registerService(StreamService.class, opened.streams(), null));
            services.add(context.registerService(RuleService.class, opened.rules(), null));
            services.add(context.registerService(FunctionService.class, opened.functions(), null));
            services.add(context.registerService(ConnectionService.class, opened.connections(), null));
            services.add(context.registerService(TrialService.class, opened.trials(), null));
            services.add(context.registerService(ProfileService.class, opened.profiles(), null));
        } catch (VarunaException e) {
            LOG.error("Streams and rules are not available: {}", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(containerEnd);
        close();
    }

    private synchronized void close() {
        services.forEach(ServiceRegistration::unregister);
        services.clear();
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
        if (commands != null) {
            commands.shutdownNow();
        }
        if (time != null) {
            time.close();
        }
    }

    /** When the whole container stops, rules do before the plugins go: it is no reason to wait for those. */
    private void closeBeforePlugins(BundleEvent event) {
        if (event.getBundle().getBundleId() == 0 && event.getType() == BundleEvent.STOPPING) {
            Thread closing = new Thread(this::close, "varuna-runtime-close");
            closing.setDaemon(true);
            closing.start();
            try {
                // a plugin may not come back from being closed
                closing.join(CLOSING_LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static Path directory(BundleContext context) {
        String given = context.getProperty("varuna.store");
        if (given != null && !given.isBlank()) {
            return Path.of(given).toAbsolutePath();
        }
        String base = context.getProperty("karaf.base");
        return Path.of(base == null ? "" : base, "store").toAbsolutePath();
    }

    private static ZoneId zone(String name) {
        if (name.isBlank()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            LOG.warn(
                    "'{}' in the configuration io.varuna.runtime is not a time zone such as Europe/Rome; that of the"
                            + " system is used",
                    name);
            return ZoneId.systemDefault();
        }
    }

    @Reference(
            service = SourceFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addSource(SourceFactory<?> factory, ServiceReference<?> reference) {
        add(PluginKind.SOURCE, factory, reference);
    }

    void removeSource(SourceFactory<?> factory, ServiceReference<?> reference) {
        remove(PluginKind.SOURCE, factory, reference);
    }

    @Reference(
            service = SinkFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addSink(SinkFactory<?> factory, ServiceReference<?> reference) {
        add(PluginKind.SINK, factory, reference);
    }

    void removeSink(SinkFactory<?> factory, ServiceReference<?> reference) {
        remove(PluginKind.SINK, factory, reference);
    }

    @Reference(
            service = LookupFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addLookup(LookupFactory<?> factory, ServiceReference<?> reference) {
        add(PluginKind.LOOKUP, factory, reference);
    }

    void removeLookup(LookupFactory<?> factory, ServiceReference<?> reference) {
        remove(PluginKind.LOOKUP, factory, reference);
    }

    @Reference(
            service = CodecFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addCodec(CodecFactory<?> factory, ServiceReference<?> reference) {
        add(PluginKind.CODEC, factory, reference);
    }

    void removeCodec(CodecFactory<?> factory, ServiceReference<?> reference) {
        remove(PluginKind.CODEC, factory, reference);
    }

    @Reference(
            service = ConnectionFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addConnection(ConnectionFactory<?, ?> factory, ServiceReference<?> reference) {
        add(PluginKind.CONNECTION, factory, reference);
    }

    void removeConnection(ConnectionFactory<?, ?> factory, ServiceReference<?> reference) {
        remove(PluginKind.CONNECTION, factory, reference);
    }

    @Reference(
            service = FunctionLibrary.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addFunctions(FunctionLibrary library, ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (!isAdmitted(bundle)) {
            return;
        }
        try {
            plugins.add(library, name(bundle), version(bundle));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The functions of plugin '{}' cannot be used: {}", name(bundle), e.toString());
        }
    }

    void removeFunctions(FunctionLibrary library) {
        plugins.remove(library);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setCatalogs(CatalogService service) {
        plugins.remedies().ask(service);
    }

    void unsetCatalogs(CatalogService service) {
        plugins.remedies().forget(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProfile(ConfiguredProfile profile) {
        profiles.add(profile);
    }

    void removeProfile(ConfiguredProfile profile) {
        profiles.remove(profile);
    }

    private void add(PluginKind kind, PluginFactory<?> factory, ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (!isAdmitted(bundle)) {
            return;
        }
        if (reference.getProperty(TYPE) instanceof String type) {
            plugins.add(new ProvidedPlugin<>(kind, type, name(bundle), version(bundle), factory));
            return;
        }
        LOG.error(
                "A {} of plugin '{}' has no name and cannot be used. Its class needs the annotation @PluginType",
                kind.name().toLowerCase(Locale.ROOT),
                name(bundle));
    }

    private boolean isAdmitted(Bundle bundle) {
        Optional<String> refusal = admission.refusal(bundle.getBundleId());
        refusal.ifPresent(reason -> LOG.debug("Nothing of '{}' is used: {}", bundle, reason));
        return refusal.isEmpty();
    }

    private void remove(PluginKind kind, PluginFactory<?> factory, ServiceReference<?> reference) {
        if (reference.getProperty(TYPE) instanceof String type) {
            plugins.remove(kind, type, factory);
        }
    }

    private static String name(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return name.startsWith(OUR_PLUGINS) ? name.substring(OUR_PLUGINS.length()) : name;
    }

    private static String version(Bundle bundle) {
        Version version = bundle.getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
