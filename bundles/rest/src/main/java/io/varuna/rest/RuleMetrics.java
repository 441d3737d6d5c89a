package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.StepFigures;
import io.varuna.api.plugin.ConnectionStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The figures of rules for Prometheus, under eKuiper's names; what eKuiper does not have is under our own. */
final class RuleMetrics {
    private static final String COUNTER = "counter";
    private static final String GAUGE = "gauge";

    /** What names of steps begin with. */
    private static final List<String> TYPES = List.of("source", "op", "sink", "late_sink", "error_sink");

    private final RuleService rules;

    RuleMetrics(RuleService rules) {
        this.rules = rules;
    }

    private record Rule(String id, RuleState state, RuleFigures figures) {}

    /** A step, with the labels that all its samples have. */
    private record Step(StepFigures figures, String family, List<String> labels) {
        /** Takes a name such as {@code source_demo_0} apart. */
        static Step of(String rule, StepFigures figures) {
            String name = figures.step();
            int end = Math.max(name.lastIndexOf('_'), 0);
            String type = TYPES.stream()
                    .filter(known -> name.startsWith(known + "_") && known.length() < end)
                    .findFirst()
                    .orElse("op");
            int begin = name.startsWith(type + "_") ? Math.min(type.length() + 1, end) : 0;
            return new Step(
                    figures,
                    type.endsWith("sink") ? "sink" : type,
                    List.of(
                            "rule",
                            rule,
                            "type",
                            type,
                            "op",
                            name.substring(begin, end),
                            "op_instance",
                            name.substring(Math.min(end + 1, name.length()))));
        }
    }

    void write(PrometheusText text) throws IOException {
        List<Rule> all = rules();
        writeStates(text, all);
        List<Step> steps = new ArrayList<>();
        all.forEach(rule -> rule.figures().steps().forEach(figures -> steps.add(Step.of(rule.id(), figures))));
        for (String family : List.of("source", "op", "sink")) {
            List<Step> members =
                    steps.stream().filter(step -> step.family().equals(family)).toList();
            writeSteps(text, family, members);
        }
        writeRule(text, all, "late", "Records that came too late for their windows", RuleFigures::lateRecords);
        writeRule(text, all, "dropped", "Records for which a sink had no room", RuleFigures::droppedRecords);
        writeRule(text, all, "failed", "Records that failed and were reported as errors", RuleFigures::deadLetters);
        writeRule(text, all, "lost", "Reports of errors that no action took", RuleFigures::lostDeadLetters);
    }

    private List<Rule> rules() {
        List<Rule> all = new ArrayList<>();
        for (RuleSummary rule : rules.list()) {
            figures(rule.id()).ifPresent(figures -> all.add(new Rule(rule.id(), rule.state(), figures)));
        }
        return all;
    }

    /** Returns the figures of a rule, if it was not deleted since the list was made. */
    private Optional<RuleFigures> figures(String id) {
        try {
            return Optional.of(rules.figures(id));
        } catch (VarunaException e) {
            if (e.code() == StandardError.RULE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void writeStates(PrometheusText text, List<Rule> all) throws IOException {
        long running = count(all, RuleState.RUNNING);
        text.family("kuiper_rule_count", GAUGE, "Rules that run, and those that do not")
                .sample(running, "status", "running")
                .sample(all.size() - running, "status", "stop");
        text.family("kuiper_rule_status", GAUGE, "1 if a rule runs, -1 if it was stopped by an error, else 0");
        for (Rule rule : all) {
            text.sample(status(rule.state()), "rule", rule.id());
        }
        text.family("varuna_rules", GAUGE, "Rules by their state");
        for (RuleState state : RuleState.values()) {
            String word = state == RuleState.FAILED || state == RuleState.SCHEDULED
                    ? state.name().toLowerCase(Locale.ROOT)
                    : state.text();
            text.sample(count(all, state), "state", word);
        }
    }

    private static long count(List<Rule> all, RuleState state) {
        return all.stream().filter(rule -> rule.state() == state).count();
    }

    private static long status(RuleState state) {
        return switch (state) {
            case RUNNING -> 1;
            case FAILED -> -1;
            case STOPPED, STARTING, WAITING, STOPPING, SCHEDULED -> 0;
        };
    }

    private static void writeSteps(PrometheusText text, String family, List<Step> steps) throws IOException {
        String prefix = "kuiper_" + family + "_";
        String of = " of a step of type " + family;
        text.family(prefix + "records_in_total", COUNTER, "Records that came in," + of);
        write(text, steps, StepFigures::recordsIn);
        text.family(prefix + "records_out_total", COUNTER, "Records that went out," + of);
        write(text, steps, StepFigures::recordsOut);
        text.family(prefix + "messages_processed_total", COUNTER, "Records that were dealt with," + of);
        write(text, steps, StepFigures::processed);
        text.family(prefix + "exceptions_total", COUNTER, "Errors" + of);
        write(text, steps, StepFigures::exceptions);
        text.family(prefix + "process_latency_us", GAUGE, "How long the last call took, in microseconds," + of);
        write(text, steps, StepFigures::latencyMicros);
        text.family(prefix + "buffer_length", GAUGE, "Records that wait" + of);
        write(text, steps, StepFigures::bufferLength);
        if (!family.equals("op")) {
            text.family(
                    prefix + "connection_status",
                    GAUGE,
                    "1 if the other end is connected, 0 if it is being connected to, -1 if not," + of);
            for (Step step : steps) {
                ConnectionStatus connection = step.figures().connection();
                if (connection != null) {
                    text.sample(number(connection), step.labels());
                }
            }
        }
    }

    private static void write(PrometheusText text, List<Step> steps, ToLongFunction<StepFigures> figure)
            throws IOException {
        for (Step step : steps) {
            text.sample(figure.applyAsLong(step.figures()), step.labels());
        }
    }

    private static long number(ConnectionStatus status) {
        return switch (status) {
            case CONNECTED -> 1;
            case CONNECTING -> 0;
            case DISCONNECTED -> -1;
        };
    }

    private static void writeRule(
            PrometheusText text, List<Rule> all, String what, String help, ToLongFunction<RuleFigures> figure)
            throws IOException {
        text.family("varuna_rule_" + what + "_records_total", COUNTER, help);
        for (Rule rule : all) {
            text.sample(figure.applyAsLong(rule.figures()), "rule", rule.id());
        }
    }
}
