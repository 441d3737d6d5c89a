package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Law: many rules on one stream that differ in a constant say, count and refuse what each of them says, counts and refuses
 * alone, while rules come and go and functions are exchanged.
 */
class ManyRulesTest {
    private static final int RULES = 48;
    private static final int ROUNDS = 60;

    private final long seed = Long.getLong("varuna.seed", 1);
    private final Random random = new Random(seed);

    /** An engine, with a sink for each rule. */
    private static final class Site implements AutoCloseable {
        private final TestStream stream = new TestStream();
        private final Map<Integer, TestSink> sinks = new TreeMap<>();
        private final Map<Integer, RunningRule> rules = new TreeMap<>();
        private final List<Map<String, Object>> figures = new ArrayList<>();
        private final FunctionTable functions = new FunctionTable();
        private final Engine engine;

        Site(List<Integer> rules) {
            TestPlugins plugins = new TestPlugins().source("test", stream).codec(new ColumnJson());
            for (int rule : rules) {
                sinks.put(rule, new TestSink(false));
                plugins.sink("sink" + rule, sinks.get(rule));
            }
            functions.register(new TestFunctions(), "test", "1.0.0");
            engine = Engine.builder()
                    .plugins(plugins)
                    .functions(functions)
                    .time(new VirtualTime(ColumnSite.START))
                    .zone(ZoneOffset.UTC)
                    .build();
        }

        void start(int number) {
            rules.put(
                    number,
                    engine.start(
                            new RuleSpec(
                                    "r" + number,
                                    plan(number),
                                    List.of(Plans.stream("demo", "SHARED", "true")),
                                    List.of(new ActionSpec("sink" + number, 0, Map.of())),
                                    RuleOptions.of(Map.of())),
                            new Unending()));
        }

        void stop(int number) {
            RunningRule rule = rules.remove(number);
            if (rule != null) {
                figures.add(figures(rule));
                rule.stop();
            }
        }

        /** Exchanges the functions. */
        void exchange(long factor) {
            functions.register(new TestFunctions(factor), "test", "1.0." + factor);
        }

        @Override
        public void close() {
            List.copyOf(rules.keySet()).forEach(this::stop);
            engine.close();
        }

        private static Map<String, Object> figures(RunningRule rule) {
            Map<String, Object> figures = new TreeMap<>(rule.metrics());
            // those of the source begin when the first rule reads it
            figures.keySet()
                    .removeIf(name -> name.startsWith("source_") || name.contains("latency") || name.contains("time"));
            return figures;
        }
    }

    private static RulePlan plan(int number) {
        Scan scan = Plans.scan("k", "v");
        PlanNode filtered = Plans.filter(
                scan,
                number % 2 == 0
                        ? Plans.operation(Operator.GREATER, Plans.column(scan, "v"), Plans.literal(950L + number))
                        : Plans.operation(Operator.EQUAL, Plans.column(scan, "k"), Plans.literal("key " + number)));
        return Plans.plan(Plans.project(
                filtered,
                new LinkedHashMap<>(Map.of(
                        "v",
                        new Expression.FunctionCall("scaled", List.of(Plans.column(filtered, "v")), DataType.ANY)))));
    }

    private String payload() {
        StringBuilder payload = new StringBuilder();
        for (int left = 100 + random.nextInt(200); left > 0; left--) {
            String value =
                    switch (random.nextInt(40)) {
                        case 0 -> "\"text\"";
                        case 1 -> "null";
                        case 2 -> random.nextInt(1_000) + ".5";
                        default -> String.valueOf(random.nextInt(1_000));
                    };
            payload.append(payload.isEmpty() ? "[" : ",")
                    .append("{\"k\":\"key ")
                    .append(random.nextInt(100))
                    .append("\",\"v\":")
                    .append(value)
                    .append('}');
        }
        return payload + "]";
    }

    /** What happens in a round. */
    private record Round(String payload, int toggled, long factor) {}

    @Test
    void theySayWhatEachSaysAlone() throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(new Round(
                    payload(),
                    random.nextInt(4) == 0 ? random.nextInt(RULES) : -1,
                    random.nextInt(15) == 0 ? i + 2 : 0));
        }
        List<Integer> all = new ArrayList<>();
        for (int rule = 0; rule < RULES; rule++) {
            all.add(rule);
        }
        Site together = run(all, rounds);
        int results = 0;
        for (int rule : all) {
            Site alone = run(List.of(rule), rounds);
            assertThat(sink(together, rule).rows)
                    .as("seed %d, rule %d", seed, rule)
                    .isEqualTo(sink(alone, rule).rows);
            assertThat(together.figures).as("seed %d, rule %d", seed, rule).containsAll(alone.figures);
            results += sink(alone, rule).rows.size();
        }
        assertThat(results).as("seed %d", seed).isGreaterThan(1_000);
    }

    private static TestSink sink(Site site, int rule) {
        return Objects.requireNonNull(site.sinks.get(rule));
    }

    private static Site run(List<Integer> rules, List<Round> rounds) throws Exception {
        try (Site site = new Site(rules)) {
            rules.forEach(site::start);
            for (Round round : rounds) {
                if (rules.contains(round.toggled)) {
                    if (site.rules.containsKey(round.toggled)) {
                        site.stop(round.toggled);
                    } else {
                        site.start(round.toggled);
                    }
                }
                if (round.factor > 0) {
                    site.exchange(round.factor);
                }
                site.stream.emit(round.payload);
            }
            return site;
        }
    }
}
