package io.varuna.rulekit;

import io.varuna.api.error.VarunaException;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates single expressions by a rule over a stream that is called {@code nothing}. */
public final class Evaluation {
    private final RuleHarness harness;

    /** Creates the evaluation; the harness must have a schemaless stream {@code nothing}. */
    public Evaluation(RuleHarness harness) {
        this.harness = harness;
    }

    /** Returns the value of an expression without columns as JSON, or what is wrong. */
    public String evaluate(String expression) {
        return evaluate(expression, Map.of());
    }

    /** Returns the value of an expression on a row as JSON, or what is wrong. */
    public String evaluate(String expression, Map<String, ? extends @Nullable Object> row) {
        TestRule rule;
        try {
            rule = harness.start(
                    "expression", query(expression), Map.of("sendError", true), Map.of("sendSingle", true));
        } catch (VarunaException e) {
            return "error: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        try {
            harness.send("nothing", List.of(row), Map.of());
            return result(rule.takeMessages());
        } finally {
            rule.stop();
        }
    }

    static String query(String expression) {
        return "SELECT " + expression + " AS x FROM nothing";
    }

    private static String result(List<String> messages) {
        if (messages.size() == 1 && Json.read(messages.get(0)) instanceof Map<?, ?> row) {
            Object failure = row.get("error");
            return failure == null ? Json.write(row.get("x")) : "error: " + failure;
        }
        return String.join(" ", messages);
    }
}
