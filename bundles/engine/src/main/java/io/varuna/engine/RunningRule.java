package io.varuna.engine;

import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.plugin.PluginUse;
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

    /** Asks that state and positions are saved soon, if the rule saves any. */
    void checkpoint();

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
}
