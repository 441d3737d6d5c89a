package io.varuna.rulekit;

import io.varuna.api.error.VarunaException;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import io.varuna.testkit.golden.GoldenFile;
import io.varuna.testkit.golden.GoldenFile.Part;
import io.varuna.testkit.golden.Timeline;
import io.varuna.testkit.golden.Timeline.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One heading of a golden page, run. The blocks that show what comes out are computed; what the page says is compared by
 * whoever runs it.
 */
final class Scenario {
    private final GoldenFile.Scenario scenario;
    private final Function<Instant, RuleHarness> harnesses;
    private final Regime regime;

    private final Map<String, @Nullable Object> options = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> sink = new LinkedHashMap<>();
    private @Nullable String select;

    Scenario(GoldenFile.Scenario scenario, Function<Instant, RuleHarness> harnesses, Regime regime) {
        this.scenario = scenario;
        this.harnesses = harnesses;
        this.regime = regime;
    }

    /** Runs the scenario and returns what each of its blocks should be, in their order. */
    List<List<String>> run() {
        List<List<String>> actual = new ArrayList<>();
        try (RuleHarness harness = harnesses.apply(TimeNotation.START)) {
            Map<String, Object> metrics = Map.of();
            for (Part block : scenario.blocks()) {
                switch (block.kind()) {
                    case "sql" -> {
                        sql(block.text(), harness);
                        actual.add(block.text());
                    }
                    case "options" -> {
                        options.putAll(object(block.text()));
                        actual.add(block.text());
                    }
                    case "sink" -> {
                        sink.putAll(object(block.text()));
                        actual.add(block.text());
                    }
                    case "timeline" -> {
                        TimelineRun run = new TimelineRun(harness, Timeline.parse(block.text()));
                        actual.add(run.run());
                        metrics = run.rule.metrics();
                    }
                    case "plan" -> actual.add(
                            harness.compile(query(), options).explain().lines().toList());
                    case "error" -> actual.add(error(harness));
                    case "metrics" -> actual.add(metrics(block.text(), metrics));
                    case "expressions" -> actual.add(expressions(block.text(), harness));
                    default -> actual.add(block.text());
                }
            }
        }
        return actual;
    }

    /** Carries out the statements that end with a semicolon; what is left is the query. */
    private void sql(List<String> lines, RuleHarness harness) {
        StringBuilder statement = new StringBuilder();
        for (String line : lines) {
            statement.append(statement.length() == 0 ? "" : "\n").append(line);
            if (line.stripTrailing().endsWith(";")) {
                String text = statement.toString();
                harness.execute(regime == Regime.SHARED ? text.replace("TYPE=\"mqtt\"", "TYPE=\"mqtt\", SHARED=\"TRUE\"") : text);
                statement.setLength(0);
            }
        }
        if (!statement.toString().isBlank()) {
            select = statement.toString();
        }
    }

    private String query() {
        if (select == null) {
            throw new IllegalStateException("'" + scenario.title() + "' has no query");
        }
        return select;
    }

    private Map<String, @Nullable Object> options() {
        if (regime != Regime.RESTARTED) {
            return options;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(options);
        kept.put("qos", 1L);
        return kept;
    }

    private List<String> error(RuleHarness harness) {
        try {
            harness.compile(query(), options);
        } catch (VarunaException e) {
            List<String> lines = new ArrayList<>();
            lines.add(e.code().name() + ": " + e.getMessage());
            return String.join("\n", lines).lines().map(String::stripTrailing).toList();
        }
        return List.of("no error");
    }

    private static List<String> metrics(List<String> expected, Map<String, Object> metrics) {
        return expected.stream()
                .map(line -> line.split("\\|", 2)[0].strip())
                .map(name -> name + " | " + metrics.get(name))
                .toList();
    }

    /** Evaluates expressions one by one on a row without columns. */
    private List<String> expressions(List<String> lines, RuleHarness harness) {
        harness.execute("CREATE STREAM nothing () WITH (DATASOURCE=\"nothing\", TYPE=\"mqtt\")");
        List<String> actual = new ArrayList<>();
        for (String line : lines) {
            int bar = line.lastIndexOf(" | ");
            String expression = (bar < 0 ? line : line.substring(0, bar)).stripTrailing();
            actual.add(expression + " | " + evaluate(expression, harness, actual.size()));
        }
        return aligned(actual);
    }

    private String evaluate(String expression, RuleHarness harness, int number) {
        TestRule rule;
        try {
            rule = harness.start(
                    "expression" + number,
                    "SELECT " + expression + " AS x FROM nothing",
                    Map.of("sendError", true),
                    Map.of("sendSingle", true));
        } catch (VarunaException e) {
            return "error: " + e.getMessage().lines().findFirst().orElse("");
        }
        harness.send("nothing", List.of(Map.of()), Map.of());
        List<String> messages = rule.takeMessages();
        rule.stop();
        if (messages.size() == 1 && Json.read(messages.get(0)) instanceof Map<?, ?> row) {
            Object failure = row.get("error");
            return failure == null ? Json.write(row.get("x")) : "error: " + failure;
        }
        return messages.toString();
    }

    private static List<String> aligned(List<String> lines) {
        int width = lines.stream().mapToInt(line -> line.lastIndexOf(" | ")).max().orElse(0);
        return lines.stream()
                .map(line -> {
                    int bar = line.lastIndexOf(" | ");
                    return line.substring(0, bar) + " ".repeat(width - bar) + line.substring(bar);
                })
                .toList();
    }

    private static Map<String, @Nullable Object> object(List<String> lines) {
        String text = String.join("\n", lines);
        if (Json.read(TimeNotation.expand(text)) instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, value) -> object.put(String.valueOf(key), value));
            return object;
        }
        throw new IllegalArgumentException("Not an object: " + text);
    }

    /** One table of moments, run with one rule, or with two that share their stream. */
    private final class TimelineRun {
        private final RuleHarness harness;
        private final Timeline timeline;
        private final TestRule rule;
        private final @Nullable TestRule twin;

        TimelineRun(RuleHarness harness, Timeline timeline) {
            this.harness = harness;
            this.timeline = timeline;
            this.twin = regime == Regime.SHARED ? harness.start("twin", query(), options(), sink) : null;
            this.rule = harness.start("rule", query(), options(), sink);
        }

        List<String> run() {
            List<Step> actual = new ArrayList<>();
            List<Step> steps = timeline.steps();
            int at = 0;
            while (at < steps.size()) {
                Step first = steps.get(at);
                int end = at + 1;
                if (first.isEvent()) {
                    event(first.cells().get(0));
                    actual.add(first);
                    outputs().forEach(text -> actual.add(row("", List.of(), text)));
                } else {
                    while (end < steps.size()
                            && !steps.get(end).isEvent()
                            && steps.get(end).cells().get(0).isEmpty()) {
                        end++;
                    }
                    moment(steps.subList(at, end), actual);
                }
                at = end;
            }
            return new Timeline(timeline.header(), actual).render();
        }

        private void moment(List<Step> rows, List<Step> actual) {
            int inputs = timeline.header().size() - 2;
            harness.advanceTo(TimeNotation.parse(rows.get(0).cells().get(0)));
            List<List<String>> shown = new ArrayList<>();
            for (Step row : rows) {
                List<String> cells = row.cells().subList(1, inputs + 1);
                if (shown.isEmpty() || cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                    shown.add(cells);
                }
            }
            for (int column = 0; column < inputs; column++) {
                send(timeline.header().get(column + 1), cellsOf(shown, column));
            }
            if (regime == Regime.RESTARTED) {
                rule.restart();
            }
            List<String> outputs = outputs();
            String time = rows.get(0).cells().get(0);
            for (int i = 0; i < Math.max(shown.size(), outputs.size()); i++) {
                actual.add(row(
                        i == 0 ? time : "",
                        i < shown.size() ? shown.get(i) : List.of(),
                        i < outputs.size() ? outputs.get(i) : ""));
            }
        }

        private static List<String> cellsOf(List<List<String>> rows, int column) {
            return rows.stream()
                    .map(cells -> cells.get(column))
                    .filter(cell -> !cell.isEmpty())
                    .toList();
        }

        private void send(String stream, List<String> cells) {
            List<Object> batch = new ArrayList<>();
            for (String cell : cells) {
                int with = cell.lastIndexOf(" with {");
                String payload = TimeNotation.expand(with < 0 ? cell : cell.substring(0, with));
                Map<String, @Nullable Object> metadata =
                        with < 0 ? Map.of() : object(List.of(cell.substring(with + 6)));
                if (with < 0 && regime != Regime.ONE_BY_ONE) {
                    batch.add(payload);
                } else {
                    harness.send(stream, List.of(payload), metadata);
                }
            }
            if (!batch.isEmpty()) {
                harness.send(stream, batch, Map.of());
            }
        }

        private void event(String event) {
            switch (event) {
                case "!restart" -> rule.restart();
                case "!end" -> timeline.header().subList(1, timeline.header().size() - 1).forEach(harness::end);
                default -> throw new IllegalArgumentException("There is no event '" + event + "'. There are: !restart, !end");
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
            return messages.stream().map(TimeNotation::abbreviate).toList();
        }

        private Step row(String time, List<String> inputs, String output) {
            List<String> cells = new ArrayList<>();
            cells.add(time);
            for (int i = 0; i < timeline.header().size() - 2; i++) {
                cells.add(i < inputs.size() ? inputs.get(i) : "");
            }
            cells.add(output);
            return new Step(cells);
        }
    }
}
