package io.varuna.rulekit;

import io.varuna.api.error.StatementException;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import io.varuna.testkit.golden.BlockKind;
import io.varuna.testkit.golden.EventKind;
import io.varuna.testkit.golden.ExpectedError;
import io.varuna.testkit.golden.GoldenPage;
import io.varuna.testkit.golden.GoldenPage.Block;
import io.varuna.testkit.golden.ResultTable;
import io.varuna.testkit.golden.ResultTable.ResultRow;
import io.varuna.testkit.golden.Settings;
import io.varuna.testkit.golden.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One heading of a golden page, run: computes what each of its blocks should say. Whoever runs it compares that with what
 * the page says.
 */
final class Scenario {
    private static final String SINK = "sink.";
    private static final String NOTHING = "CREATE STREAM nothing () WITH (DATASOURCE=\"nothing\")";
    private static final Pattern QUERY = Pattern.compile("\\s*\\(*\\s*(SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private final GoldenPage.Scenario scenario;
    private final Function<Instant, RuleHarness> harnesses;
    private final Regime regime;
    private final Map<String, @Nullable Object> options = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> sink = new LinkedHashMap<>();
    private final Map<String, TestRule> rules = new LinkedHashMap<>();

    Scenario(GoldenPage.Scenario scenario, Function<Instant, RuleHarness> harnesses, Regime regime) {
        this.scenario = scenario;
        this.harnesses = harnesses;
        this.regime = regime;
    }

    /** Runs the scenario and returns its blocks, in their order, with what they should say. */
    List<Block> run() {
        List<Block> actual = new ArrayList<>();
        try (RuleHarness harness = harnesses.apply(Instant.EPOCH)) {
            StatementBlocks statements = new StatementBlocks(harness, regime);
            Map<String, Object> metrics = Map.of();
            for (Block block : scenario.blocks()) {
                if (block.kind() != BlockKind.ERROR) {
                    statements.checkAccepted();
                }
                switch (block.kind()) {
                    case SQL -> {
                        if (scenario.rule().filter(block::equals).isEmpty()) {
                            statements.execute(block);
                        }
                        actual.add(block);
                    }
                    case ANSWER -> actual.add(block.with(statements.answers()));
                    case EVENT -> {
                        happen(block, harness);
                        actual.add(block);
                    }
                    case CONFIG -> {
                        configure(Settings.parse(block));
                        actual.add(block);
                    }
                    case TIMELINE -> {
                        TimelineRun run = new TimelineRun(
                                harness,
                                Timeline.parse(block),
                                regime,
                                () -> running("rule", harness),
                                () -> running("twin", harness));
                        actual.add(block.with(run.run().render()));
                        metrics = run.metrics();
                    }
                    case PLAN -> actual.add(block.with(
                            harness.compile(query(), options).explain().lines().toList()));
                    case ERROR -> actual.add(
                            block.with(render(statements.takeRefusal().orElseGet(() -> error(harness)))));
                    case METRICS -> actual.add(block.with(figures(Settings.parse(block), metrics)));
                    case ROWS -> actual.add(block.with(expressions(ResultTable.parse(block), harness)));
                }
            }
            statements.checkAccepted();
        }
        return actual;
    }

    /** Compiles what the timelines and the tables of expressions run, without running it. */
    List<RunQuery> queries() {
        List<RunQuery> queries = new ArrayList<>();
        try (RuleHarness harness = harnesses.apply(Instant.EPOCH)) {
            StatementBlocks statements = new StatementBlocks(harness, regime);
            for (Block block : scenario.blocks()) {
                if (block.kind() == BlockKind.SQL
                        && scenario.rule().filter(block::equals).isEmpty()) {
                    statements.execute(block);
                } else if (block.kind() == BlockKind.CONFIG) {
                    configure(Settings.parse(block));
                } else if (block.kind() == BlockKind.TIMELINE) {
                    queries.add(query(query(), harness));
                    // statements after it are about a rule that runs
                    return queries;
                } else if (block.kind() == BlockKind.ROWS) {
                    harness.execute(NOTHING);
                    for (ResultRow row : ResultTable.parse(block).rows()) {
                        if (!row.cells().get(1).startsWith("error")) {
                            queries.add(query(Evaluation.query(row.cells().get(0)), harness));
                        }
                    }
                }
            }
        }
        return queries;
    }

    private RunQuery query(String text, RuleHarness harness) {
        return new RunQuery(
                text, harness.compile(text, options), RuleOptions.of(options).eventTime());
    }

    private static void happen(Block block, RuleHarness harness) {
        if (!block.joined().strip().equals("!" + EventKind.RESTART.word())) {
            throw new IllegalArgumentException(
                    "Line " + block.line() + ": what can happen between statements is !" + EventKind.RESTART.word());
        }
        harness.restart();
    }

    private void configure(Settings settings) {
        settings.values().forEach((name, text) -> {
            Object value = value(text);
            if (name.startsWith(SINK)) {
                sink.put(name.substring(SINK.length()), value);
            } else {
                options.put(name, value);
            }
        });
    }

    /** Reads JSON, and takes anything else as a text without quotes. */
    private static @Nullable Object value(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Returns the rule that runs since an earlier timeline, or starts it. */
    private TestRule running(String id, RuleHarness harness) {
        return rules.computeIfAbsent(id, absent -> start(id, harness));
    }

    private TestRule start(String id, RuleHarness harness) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(options);
        if (regime == Regime.RESTARTED) {
            all.putIfAbsent("qos", 1L);
        }
        return harness.start(id, query(), all, sink);
    }

    private String query() {
        return scenario.rule()
                .orElseThrow(() -> new IllegalStateException("Scenario '" + scenario.title() + "' has no query"))
                .joined();
    }

    private VarunaException error(RuleHarness harness) {
        try {
            String text = query();
            if (QUERY.matcher(text).lookingAt()) {
                harness.compile(text, options);
            } else {
                harness.execute(text);
            }
        } catch (VarunaException e) {
            return e;
        }
        throw new IllegalStateException("Scenario '" + scenario.title() + "': there is no error");
    }

    private static List<String> render(VarunaException error) {
        if (error instanceof StatementException e) {
            var place = new ExpectedError.Place(e.range().line(), e.range().column());
            return new ExpectedError(
                            e.code().name(),
                            Optional.of(place),
                            e.problem(),
                            e.snippet().lines().toList())
                    .render();
        }
        return new ExpectedError(error.code().name(), Optional.empty(), String.valueOf(error.getMessage()), List.of())
                .render();
    }

    private static List<String> figures(Settings expected, Map<String, Object> metrics) {
        Map<String, String> actual = new LinkedHashMap<>();
        expected.values().keySet().forEach(name -> actual.put(name, String.valueOf(metrics.get(name))));
        return new Settings(actual).render();
    }

    /** Evaluates expressions one by one, on a row without columns. */
    private static List<String> expressions(ResultTable table, RuleHarness harness) {
        if (!table.isExpressions()) {
            throw new IllegalStateException("A block of rows has the header: expression | result");
        }
        harness.execute(NOTHING);
        List<ResultRow> actual = new ArrayList<>();
        for (ResultRow row : table.rows()) {
            String expression = row.cells().get(0);
            String result = new Evaluation(harness).evaluate(expression);
            actual.add(new ResultRow(row.line(), List.of(expression, result)));
        }
        return new ResultTable(table.header(), actual).render();
    }
}
