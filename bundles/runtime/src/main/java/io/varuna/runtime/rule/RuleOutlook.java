package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleTopology;
import io.varuna.api.manage.RuleValidation;
import io.varuna.engine.Engine;
import io.varuna.engine.RunningRule;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.rule.RuleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tells how rules are carried out, or would be. Thread-safe. */
record RuleOutlook(RuleCompiler compiler, Engine engine) {
    /** Returns how a rule is carried out; fails if that is not known yet. */
    RuleExplanation explain(Rule rule) {
        return known(rule, "plan", Explainer::explain);
    }

    /** Returns the steps of a rule: those that run or ran last, or that it would have. */
    RuleTopology topology(Rule rule) {
        return rule.run().instance().map(RunningRule::topology).orElseGet(() -> known(rule, "steps", engine::topology));
    }

    /** Returns something about a rule that is known when all is there that it needs. */
    private <T> T known(Rule rule, String what, Function<RuleSpec, T> about) {
        try {
            return about.apply(compiler.spec(compiler.refresh(rule.definition())));
        } catch (VarunaException e) {
            if (e instanceof PluginMissingException || e.code() == StandardError.STREAM_NOT_FOUND) {
                throw new VarunaException(
                        StandardError.INVALID_RULE,
                        "Rule '" + rule.id() + "' has no " + what + " yet: it is " + e.getMessage(),
                        e);
            }
            throw e;
        }
    }

    /** Checks a rule that is not kept. */
    RuleValidation validate(String json) {
        try {
            RuleDocument document = RuleDocument.parse(json);
            List<String> remarks = new ArrayList<>(document.warnings());
            RuleCompiler.Checked checked = compiler.checkKnown(document);
            checked.missing().map(PluginMissingException::getMessage).ifPresent(remarks::add);
            RuleSpec spec = compiler.spec(checked.definition());
            return new RuleValidation(true, spec.plan().streams(), String.join("\n", remarks), Explainer.explain(spec));
        } catch (VarunaException e) {
            return new RuleValidation(false, List.of(), String.valueOf(e.getMessage()), null);
        }
    }
}
