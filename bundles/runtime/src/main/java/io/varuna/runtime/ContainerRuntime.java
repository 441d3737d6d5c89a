package io.varuna.runtime;

import io.varuna.api.manage.ConnectionService;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.StreamService;
import io.varuna.api.manage.TrialService;
import io.varuna.engine.Engine;
import io.varuna.engine.time.EngineTime;
import io.varuna.runtime.function.Functions;
import io.varuna.runtime.plugin.BroughtProfiles;
import io.varuna.runtime.plugin.GivenProfiles;
import io.varuna.runtime.plugin.Plugins;
import io.varuna.runtime.rule.ProfileUsers;
import io.varuna.runtime.rule.Rules;
import io.varuna.runtime.store.Store;
import io.varuna.runtime.stream.Definitions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All that one process needs to run rules, put together. Knows nothing of OSGi. */
final class ContainerRuntime implements AutoCloseable {
    private final Store store;
    private final Plugins plugins;
    private final Engine engine;
    private final Rules rules;
    private final ProfileService profiles;
    private final ConnectionTrials connections;

    private ContainerRuntime(Store store, Plugins plugins, Engine engine, Rules rules, ProfileService profiles) {
        this.store = store;
        this.plugins = plugins;
        this.engine = engine;
        this.rules = rules;
        this.profiles = profiles;
        this.connections = new ConnectionTrials(engine);
    }

    /**
     * Opens the store and starts the rules that ran when it was closed.
     *
     * @param directory of the store
     * @param init a ruleset for a store that is empty
     * @param commands where rules are started and stopped; may block
     * @param users given what moves rules between versions of plugins, before any of them starts
     */
    static ContainerRuntime open(
            Path directory,
            Optional<Path> init,
            Plugins plugins,
            ConfiguredProfiles configured,
            EngineTime time,
            ZoneId zone,
            Executor commands,
            Consumer<PluginUsers> users) {
        Store store = Store.open(directory);
        boolean empty = store.streams().isEmpty() && store.rules().isEmpty();
        BroughtProfiles brought = new BroughtProfiles(store.profiles());
        KnownProfiles profiles = new KnownProfiles(configured, new GivenProfiles(store.givenProfiles()), brought);
        Engine engine = Engine.builder()
                .plugins(plugins.view(Map.of()).plugins())
                .functions(plugins.functions())
                .stateStore(store.checkpoints())
                .profiles(profiles)
                .time(time)
                .zone(zone)
                .build();
        Definitions definitions = Definitions.load(store.streams(), plugins.functions());
        Rules rules = new Rules(store, definitions, plugins, brought, engine, time, zone, commands);
        plugins.listen(rules);
        rules.load(() -> users.accept(rules.pluginUsers()));
        if (empty) {
            init.ifPresent(file -> new Provisioning(file, time, rules::importMissing).start());
        }
        return new ContainerRuntime(
                store,
                plugins,
                engine,
                rules,
                new ManagedProfiles(profiles, new ProfileUsers(rules, definitions, profiles), engine));
    }

    StreamService streams() {
        return rules.streams();
    }

    RuleService rules() {
        return rules;
    }

    TrialService trials() {
        return rules.trials();
    }

    PluginUsers pluginUsers() {
        return rules.pluginUsers();
    }

    ProfileService profiles() {
        return profiles;
    }

    ConnectionService connections() {
        return connections;
    }

    FunctionService functions() {
        return new Functions(plugins.functions());
    }

    /** Stops the rules, keeping their state, and closes the store. */
    @Override
    public void close() {
        plugins.forget(rules);
        connections.close();
        engine.close();
        store.close();
    }
}
