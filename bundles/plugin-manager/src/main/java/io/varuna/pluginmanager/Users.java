package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that use plugins; none as long as the runtime is not there. Thread-safe. */
final class Users {
    private static final int MOST_NAMED = 5;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** The container needs seconds for its start, and a small machine more. */
    private static final Duration COMING = Duration.ofMinutes(1);

    private final Duration health;
    private final PreferredVersions preferred;
    private final Runnable released;
    private volatile @Nullable PluginUsers rules;
    private volatile boolean late;

    /**
     * Creates it.
     *
     * @param preferred which versions are in use where there are several
     * @param health for how long rules are watched with a new version before the former one goes
     * @param released told when a rule may ask for a version no more
     */
    Users(PreferredVersions preferred, Duration health, Runnable released) {
        this.preferred = preferred;
        this.health = health;
        this.released = released;
    }

    void set(PluginUsers service) {
        preferred.all().forEach(service::prefer);
        preferred.refused().forEach(service::avoid);
        service.onRelease(released);
        rules = service;
    }

    /** Forgets a service, unless there is another one by now. */
    void unset(PluginUsers service) {
        if (rules == service) {
            rules = null;
        }
    }

    /** Tells whether a version of a plugin is the one in use where there are several. */
    boolean isPreferred(String plugin, String version) {
        return preferred.has(plugin, version);
    }

    /** Returns the versions that are in use where there are several, or that did not come through us, by plugin. */
    Map<String, String> preferred() {
        return preferred.all();
    }

    /** Tells whether it was decided after a time, in milliseconds, which version of a plugin is in use. */
    boolean isDecidedAfter(String plugin, long time) {
        return preferred.isDecidedAfter(plugin, time);
    }

    /** Tells whether somebody is there who uses plugins. */
    boolean arePresent() {
        return rules != null;
    }

    /**
     * Waits until somebody is there who uses plugins: components are made when they are first used, and that is not to happen on
     * the thread on which the container starts who uses them. Who does not come for long is not waited for again.
     */
    void awaitPresence() {
        long deadline = System.nanoTime() + COMING.toNanos();
        while (!late && !arePresent()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            late = System.nanoTime() > deadline;
        }
    }

    /** Tells whether no rule is about to start. */
    boolean isSettled() {
        PluginUsers service = rules;
        return service == null || service.isSettled();
    }

    /** Waits until no rule is about to start, but not for ever: only those that run are asked whether they can move. */
    void awaitSettled() {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (!isSettled() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    boolean isUsed(String plugin, String version) {
        PluginUsers service = rules;
        return service != null && !service.of(plugin, version).isEmpty();
    }

    List<RuleEffect> waitingFor(Map<PluginKind, List<String>> names) {
        PluginUsers service = rules;
        return service == null
                ? List.of()
                : names.entrySet().stream()
                        .flatMap(kind -> kind.getValue().stream()
                                .flatMap(name -> service.waitingFor(kind.getKey(), name).stream()))
                        .distinct()
                        .toList();
    }

    List<RuleEffect> previewMove(String plugin, String version) {
        PluginUsers service = rules;
        return service == null ? List.of() : service.previewMove(plugin, version);
    }

    List<RuleEffect> previewRemoval(String plugin, Collection<String> versions) {
        PluginUsers service = rules;
        return service == null ? List.of() : service.previewRemoval(plugin, versions);
    }

    /** Moves the rules to a version; fails, with all of them where they were, if one cannot move. */
    List<RuleEffect> move(String plugin, String version) {
        PluginUsers service = rules;
        if (service == null) {
            return List.of();
        }
        List<RuleEffect> effects = service.move(plugin, version, health).join();
        List<RuleEffect> refused = effects.stream()
                .filter(effect -> effect.reaction() == RuleReaction.REFUSED)
                .toList();
        if (!refused.isEmpty()) {
            throw Rejection.of("Plugin '" + plugin + "' " + version + " cannot take over: "
                    + refused.stream()
                            .limit(MOST_NAMED)
                            .map(effect -> "rule '" + effect.rule() + "': " + effect.message())
                            .collect(Collectors.joining("; "))
                    + (refused.size() > MOST_NAMED ? "; and " + (refused.size() - MOST_NAMED) + " more" : "")
                    + ". All rules stay with the version that they had");
        }
        return effects;
    }

    /** Returns what is to be said of names that a plugin shares with others. */
    List<String> clashes(String plugin) {
        PluginUsers service = rules;
        return service == null ? List.of() : service.clashes(plugin);
    }

    /** Returns the same for a plugin that is not there yet. */
    List<String> clashes(String plugin, Map<PluginKind, List<String>> names) {
        PluginUsers service = rules;
        return service == null ? List.of() : service.clashes(plugin, names);
    }

    /** Fails if a plugin that is not there yet brought names that others have, and nobody has decided whose counts. */
    void checkNames(String plugin, String version, Map<PluginKind, List<String>> names) {
        PluginUsers service = rules;
        List<String> undecided = service == null ? List.of() : service.undecided(plugin, names);
        if (!undecided.isEmpty()) {
            throw new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    "Plugin '" + plugin + "' " + version + " has what is there already: "
                            + undecided.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                            + (undecided.size() > MOST_NAMED
                                    ? "; and " + (undecided.size() - MOST_NAMED) + " more"
                                    : "")
                            + ". Name the plugin that is to be used in 'prefer' in etc/io.varuna.runtime.cfg, and install"
                            + " it again");
        }
    }

    /** Says which profiles plugins have brought. */
    void profiles(List<PropertyProfile> brought) {
        PluginUsers service = rules;
        if (service != null) {
            service.profiles(brought);
        }
    }

    /** Says which version of a plugin is in use where there are several; empty for the highest that was not refused. */
    void prefer(String plugin, String version) {
        preferred.put(plugin, version);
        PluginUsers service = rules;
        if (service != null) {
            service.prefer(plugin, version);
            service.avoid(plugin, preferred.refused(plugin));
        }
    }

    /** Notes that rules refused to move to a version, which is there all the same. */
    void refused(String plugin, String version) {
        preferred.refuse(plugin, version);
        PluginUsers service = rules;
        if (service != null) {
            service.avoid(plugin, preferred.refused(plugin));
        }
    }

    /** Tells whether rules refused to move to a version when it came. */
    boolean isRefused(String plugin, String version) {
        return preferred.refused(plugin).contains(version);
    }
}
