package io.varuna.rulekit;

import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import io.varuna.testkit.golden.Timeline;
import io.varuna.testkit.golden.Timeline.Event;
import io.varuna.testkit.golden.Timeline.Moment;
import io.varuna.testkit.golden.Timeline.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One table of moments, run with one rule, or with two that share their streams. Records are JSON, optionally with the
 * metadata of the source behind {@code with}; the output is the messages as they would be sent.
 */
final class TimelineRun {
    private static final String WITH = " with {";

    private final RuleHarness harness;
    private final Timeline timeline;
    private final Regime regime;
    private final TestRule rule;
    private final @Nullable TestRule twin;

    TimelineRun(
            RuleHarness harness, Timeline timeline, Regime regime, Supplier<TestRule> rule, Supplier<TestRule> twin) {
        this.harness = harness;
        this.timeline = timeline;
        this.regime = regime;
        this.twin = regime == Regime.SHARED ? twin.get() : null;
        this.rule = rule.get();
    }

    /** Runs all steps and returns the table with the output that came. */
    Timeline run() {
        List<Step> actual = new ArrayList<>();
        for (Step step : timeline.steps()) {
            if (step instanceof Moment moment) {
                actual.add(moment.with(outputOf(moment)));
            } else if (step instanceof Event event) {
                happen(event);
                actual.add(event);
            }
        }
        rule.failure().ifPresent(failure -> {
            throw new AssertionError("The rule failed", failure);
        });
        return new Timeline(timeline.inputs(), timeline.output(), actual);
    }

    Map<String, Object> metrics() {
        return rule.metrics();
    }

    private List<String> outputOf(Moment moment) {
        harness.advanceTo(moment.time());
        int[] next = new int[timeline.inputs().size()];
        List<Object> batch = new ArrayList<>();
        int current = -1;
        for (int input : moment.order()) {
            String record = moment.inputs().get(input).get(next[input]++);
            int with = record.lastIndexOf(WITH);
            if (input != current || with >= 0 || regime == Regime.ONE_BY_ONE || regime == Regime.RESTARTED) {
                send(current, batch, Map.of());
            }
            current = input;
            batch.add(with < 0 ? record : record.substring(0, with));
            if (with >= 0) {
                send(current, batch, metadata(record.substring(with + WITH.length() - 1)));
            }
        }
        send(current, batch, Map.of());
        if (regime == Regime.RESTARTED) {
            rule.restart();
        }
        return outputs();
    }

    private void send(int input, List<Object> batch, Map<String, @Nullable Object> metadata) {
        if (!batch.isEmpty()) {
            harness.send(timeline.inputs().get(input), List.copyOf(batch), metadata);
            batch.clear();
            if (regime == Regime.RESTARTED) {
                rule.restart();
            }
        }
    }

    private static Map<String, @Nullable Object> metadata(String text) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (Json.read(text) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        return metadata;
    }

    private void happen(Event event) {
        switch (event.kind()) {
            case RESTART -> {
                rule.restart();
                if (twin != null) {
                    twin.restart();
                }
            }
            case END -> timeline.inputs().forEach(harness::end);
            case CHECKPOINT, CRASH, FAIL -> throw new IllegalArgumentException(
                    "Line " + event.line() + ": '" + event + "' is not something that can be done here");
        }
    }

    private List<String> outputs() {
        List<String> messages = rule.takeMessages();
        if (twin != null) {
            List<String> same = twin.takeMessages();
            if (!same.equals(messages)) {
                throw new AssertionError("Two rules on one stream differ: " + same + " and " + messages);
            }
        }
        return messages;
    }
}
