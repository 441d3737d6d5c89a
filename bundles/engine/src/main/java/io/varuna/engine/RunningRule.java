package io.varuna.engine;

import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A rule that was started. Thread-safe. */
@ProviderType
public interface RunningRule {
    RuleSpec spec();

    /** Completed when sinks and sources are open for the first time. */
    CompletableFuture<Void> ready();

    /** Returns figures by name, as eKuiper's status has them. Also after the end. */
    Map<String, Object> metrics();

    /** Returns the figures among them that change with each record. Also after the end. */
    RuleFigures figures();

    /** Returns what of plugins is used: if it goes away, the rule has to be stopped. */
    Set<PluginUse> uses();

    /** Returns the names of the steps and how they are joined. */
    RuleTopology topology();

    /**
     * Shows every result from now on.
     *
     * @param listener gets the rows of a result as a JSON array; called by the rule's threads, must not block
     * @return ends it when closed
     */
    AutoCloseable tail(Consumer<String> listener);

    /**
     * Moves the rule to the plugins of another view between two batches: whatever is another one there is opened beside the
     * present one, gets its positions and state, takes its place and is watched for a while. If it cannot be opened, does
     * not take over the state or fails meanwhile, the rule is back with what it had, and nothing is lost.
     *
     * @param health for how long the former plugins are kept to go back to; they must stay alive until the report is there
     * @return completed at the end of that time, or when the rule has gone back; never exceptionally
     */
    CompletableFuture<SwapReport> swap(PluginView view, Duration health);

    /** Ends the rule with a patience of five seconds. */
    default void stop() {
        stop(Duration.ofSeconds(5));
    }

    /**
     * Ends the rule: nothing more is read, sinks get what is under way, the state is saved if the rule's options say so, and
     * all is closed. Returns when that is done. Again: does nothing.
     *
     * @param patience how long sinks may take
     */
    void stop(Duration patience);

    /**
     * Ends the rule as {@link #stop} does, because it has to wait for something. Its state and positions are saved whatever its
     * options say, and the next start under its id goes on from there, unless they are {@linkplain Engine#forget forgotten}
     * before. Where the options keep no state, they are forgotten by that start, and do without what sinks did not take in time.
     *
     * @param patience how long sinks may take
     */
    void pause(Duration patience);
}
