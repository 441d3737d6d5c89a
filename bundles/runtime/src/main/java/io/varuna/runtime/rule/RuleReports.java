package io.varuna.runtime.rule;

import io.varuna.api.manage.RuleStatus;
import io.varuna.api.manage.RuleSummary;
import io.varuna.engine.RunningRule;
import java.util.Map;

/** What the management interface tells about a rule. */
final class RuleReports {
    private RuleReports() {}

    static RuleSummary summary(Rule rule) {
        RuleDocument document = rule.definition().document();
        Situation situation = rule.situation();
        return new RuleSummary(
                document.id(),
                document.name(),
                situation.state(),
                situation.message(),
                document.version(),
                document.tags());
    }

    static RuleStatus status(Rule rule) {
        Situation situation = rule.situation();
        Map<String, Object> metrics =
                rule.run().instance().map(RunningRule::metrics).orElse(Map.of());
        return new RuleStatus(
                situation.state(),
                situation.message(),
                situation.lastStart(),
                situation.lastStop(),
                situation.nextStart(),
                metrics);
    }
}
