package io.varuna.engine;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.StateStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a rule back to where it was: if its options keep its state, or if it was paused, which counts for one start. */
record Restoration(RuleSpec spec, StateStore store) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Restoration.class);

    /** Brings the steps of the rule to where it was, and returns that; empty if it begins anew. */
    Optional<Checkpoint> into(Pipeline pipeline) {
        try {
            Optional<Checkpoint> saved = store.load(spec.id())
                    .map(Checkpoint::read)
                    .filter(checkpoint -> checkpoint.once() || spec.options().keepsState());
            saved.ifPresent(checkpoint -> load(checkpoint, pipeline));
            return saved;
        } catch (VarunaException e) {
            LOGGER.warn("Rule '{}' starts without its saved state: {}", spec.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private void load(Checkpoint checkpoint, Pipeline pipeline) {
        try {
            int lost = pipeline.load(checkpoint.state());
            if (lost > 0) {
                LOGGER.warn(
                        "Rule '{}': the state of {} steps is not taken over, because the query has changed",
                        spec.id(),
                        lost);
            }
        } catch (RuntimeException | Error e) {
            // functions of plugins read their own state
            LOGGER.warn("Rule '{}': the saved state is not taken over: {}", spec.id(), e.getMessage(), e);
        }
    }

    /** Forgets what was for one start only, as the rule has started. */
    void used() {
        if (spec.options().keepsState()) {
            return;
        }
        try {
            store.delete(spec.id());
        } catch (VarunaException e) {
            LOGGER.warn(
                    "Rule '{}' goes on from a state that could not be forgotten, so its next start may do so again: {}",
                    spec.id(),
                    e.getMessage());
        }
    }
}
