package io.varuna.runtime.rule;

import io.varuna.api.data.Column;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleExplanation.Input;
import io.varuna.api.manage.RuleExplanation.Step;
import io.varuna.api.manage.StreamKind;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Filter;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says how a rule is carried out. */
final class Explainer {
    private final RuleSpec spec;
    private final List<Input> inputs = new ArrayList<>();

    private Explainer(RuleSpec spec) {
        this.spec = spec;
    }

    static RuleExplanation explain(RuleSpec spec) {
        Explainer explainer = new Explainer(spec);
        explainer.collect(spec.plan().root(), List.of());
        return new RuleExplanation(
                spec.plan().dialect().name().toLowerCase(Locale.ROOT),
                spec.options().eventTime(),
                explainer.time(),
                explainer.inputs,
                step(spec.plan().root()));
    }

    private String time() {
        RuleOptions options = spec.options();
        if (!options.eventTime()) {
            return "processing time, as the option isEventTime is not set: rows count in the order of their arrival";
        }
        String columns = spec.streams().stream()
                .filter(stream -> stream.kind() == StreamKind.STREAM)
                .map(stream ->
                        stream.name() + "." + stream.options().timestamp().orElse(""))
                .collect(Collectors.joining(", "));
        return "event time, as the option isEventTime is set: rows count in the order of " + columns
                + ", those that come more than " + words(options.lateTolerance()) + " late (lateTolerance) are left out"
                + (options.idleTimeout().isZero()
                        ? ""
                        : ", and a stream without rows for " + words(options.idleTimeout())
                                + " (idleTimeout) holds up no other");
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** Collects what is read; {@code conditions} are those directly above. */
    private void collect(PlanNode node, List<String> conditions) {
        if (node instanceof Scan scan) {
            StreamDefinition stream = spec.stream(scan.stream());
            inputs.add(new Input(
                    stream.name(),
                    scan.alias(),
                    stream.kind().word(),
                    stream.options().type(stream.kind()),
                    stream.options().format(),
                    stream.options().shared(),
                    columns(scan.columns()),
                    conditions,
                    List.of()));
            return;
        }
        List<String> passed = node instanceof Filter filter
                ? Stream.concat(conditions.stream(), conjuncts(filter.condition()).stream())
                        .toList()
                : List.of();
        node.inputs().forEach(input -> collect(input, passed));
        if (node instanceof LookupJoin join) {
            inputs.add(lookup(join));
        }
    }

    private Input lookup(LookupJoin join) {
        StreamDefinition table = spec.stream(join.table());
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < join.keys().size(); i++) {
            keys.add(join.keyColumns().get(i) + " = " + join.keys().get(i));
        }
        return new Input(
                table.name(),
                join.alias(),
                "lookup table",
                table.options().type(table.kind()),
                "",
                false,
                columns(join.columns()),
                List.of(),
                keys);
    }

    private static List<String> columns(List<Scan.ScanColumn> columns) {
        return columns.stream()
                .map(column -> switch (column.source()) {
                    case FIELD -> column.name();
                    case RECORD -> "*";
                    case METADATA -> "meta(*)";
                })
                .toList();
    }

    private static List<String> conjuncts(Expression condition) {
        return condition instanceof Operation operation && operation.operator() == Operator.AND
                ? operation.operands().stream()
                        .flatMap(operand -> conjuncts(operand).stream())
                        .toList()
                : List.of(condition.toString());
    }

    private static Step step(PlanNode node) {
        return new Step(
                node.getClass().getSimpleName(),
                node.describe(),
                node.output().stream().map(Column::name).toList(),
                node.inputs().stream().map(Explainer::step).toList());
    }
}
