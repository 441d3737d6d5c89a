package io.varuna.api.manage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rules, as whoever brings and takes away plugins sees them. A plugin is called by its name, a version is three numbers
 * with dots. Thread-safe.
 */
@ProviderType
public interface PluginUsers {
    /** Returns the ids of the rules that run with this version of a plugin or ask for it, in order. */
    List<String> of(String plugin, String version);

    /** Returns the rules that wait for something and would start; {@code name} is a type or the name of a function. */
    List<RuleEffect> waitingFor(PluginKind kind, String name);

    /** Tells whether all rules that are to run do, or are known to wait; not so while they start. */
    boolean isSettled();

    /** Returns what would become of the rules that run with another version of a plugin, if they were moved to this one. */
    List<RuleEffect> previewMove(String plugin, String version);

    /** Returns what would become of the rules that run with some versions of a plugin, if those went. */
    List<RuleEffect> previewRemoval(String plugin, Collection<String> versions);

    /**
     * Moves all rules that run with another version of a plugin to one that is there, while they run. All move, or none: if
     * one of them cannot, those that have moved go back. Rules that ask for a version of their own stay where they are.
     *
     * @param health for how long rules are watched with the new version before the former one is let go
     * @return completed when the former version is used no more, except by rules that ask for it; nothing has changed if one
     *     of the reactions is REFUSED
     */
    CompletableFuture<List<RuleEffect>> move(String plugin, String version, Duration health);

    /** Returns, for each name that a plugin shares with others, a sentence that says whose counts and how to change that. */
    List<String> clashes(String plugin);

    /** Returns the same for a plugin that is not there, if it brought these names. */
    List<String> clashes(String plugin, Map<PluginKind, List<String>> names);

    /**
     * Returns, for a plugin that is not there, those of these names that others have while the user has not said whose counts,
     * each with its plugins.
     */
    List<String> undecided(String plugin, Map<PluginKind, List<String>> names);

    /** Has somebody told whenever a rule goes or changes, which may have been the last one that asked for a version. */
    void onRelease(Runnable listener);

    /**
     * Sets the profiles that plugins have brought, in place of all that they had. What is configured counts before them.
     * They are kept for the next start.
     */
    void profiles(List<PropertyProfile> brought);

    /**
     * Has rules that start take one version of a plugin, as long as it is there, though a higher one is.
     *
     * @param version empty to take the highest again
     */
    void prefer(String plugin, String version);

    /**
     * Has rules take some versions of a plugin only if no other one is there, and none of them is preferred.
     *
     * @param versions in place of those that were avoided before
     */
    void avoid(String plugin, Collection<String> versions);
}
