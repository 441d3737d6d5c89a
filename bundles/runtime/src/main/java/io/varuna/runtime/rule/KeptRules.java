package io.varuna.runtime.rule;

import io.varuna.api.error.VarunaException;
import io.varuna.plan.PlanCodec;
import io.varuna.plan.RulePlan;
import io.varuna.runtime.store.Store;
import io.varuna.runtime.store.StoredRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules as the store keeps them, with their plans. */
record KeptRules(Store store) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRules.class);

    /** Returns those that are understood; the log names the others. */
    List<RuleDefinition> load() {
        List<RuleDefinition> loaded = new ArrayList<>();
        for (String id : store.rules().names()) {
            try {
                store.rules().get(id).map(KeptRules::definition).ifPresent(loaded::add);
            } catch (VarunaException e) {
                LOG.error("Rule '{}' is stored in a form that is not understood: {}", id, e.getMessage());
            }
        }
        return loaded;
    }

    private static RuleDefinition definition(StoredRule stored) {
        return new RuleDefinition(RuleDocument.parse(stored.document()), plan(stored.plan()), stored.fingerprint());
    }

    private static @Nullable RulePlan plan(byte[] plan) {
        if (plan.length == 0) {
            return null;
        }
        try {
            return PlanCodec.readPlan(plan);
        } catch (IOException e) {
            LOG.debug("A rule is compiled anew: {}", e.getMessage());
            return null;
        }
    }

    /** Keeps a rule, unless it is a temporary one: then nothing stays of what it was before. */
    void keep(RuleDefinition definition) {
        if (definition.document().temporary()) {
            remove(definition.document().id());
            return;
        }
        RulePlan plan = definition.plan();
        store.rules()
                .put(
                        definition.document().id(),
                        new StoredRule(
                                definition.document().json(),
                                plan == null ? new byte[0] : PlanCodec.write(plan),
                                definition.fingerprint()));
    }

    void remove(String id) {
        store.rules().remove(id);
    }
}
