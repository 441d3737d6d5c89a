package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import io.varuna.plan.WindowJoin;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: a join that looks pairs up by keys says what one says that compares all pairs: the same rows in the same order, the same
 * failures and figures, also if the rule is stopped and started again in between.
 */
class JoinKeysTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final Site compared = new Site(false);
    private final Site keyed = new Site(true);

    /** An engine with two streams, or a stream and a table, and a rule that joins them. */
    private static final class Site {
        private final boolean keys;
        private final TestStream left = new TestStream();
        private final TestStream right = new TestStream();
        private final TestSink sink = new TestSink(false);
        private final TestSink errors = new TestSink(false);
        private final VirtualTime time = new VirtualTime(START);
        private final Engine engine = Engine.builder()
                .plugins(new TestPlugins()
                        .source("left", left)
                        .source("right", right)
                        .sink("test", sink)
                        .sink("errors", errors))
                .stateStore(new MemoryStateStore())
                .time(time)
                .zone(ZoneOffset.UTC)
                .build();
        private @Nullable RunningRule rule;

        Site(boolean keys) {
            this.keys = keys;
        }

        /** {@code leftRetain} and {@code retain} say how many rows are kept of an input that is a table, otherwise they are 0. */
        void start(JoinKind kind, int leftRetain, int retain, boolean two) {
            RunningRule before = rule;
            if (before != null) {
                before.stop();
            }
            WindowJoin join = new WindowJoin(
                    List.of(
                            new WindowJoin.Input(Plans.scanOf("left", "id", "k", "v"), leftRetain),
                            new WindowJoin.Input(Plans.scanOf("right", "id", "k", "w"), retain)),
                    retain + leftRetain > 0 ? null : WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000),
                    List.of(new WindowJoin.Step(kind, condition(two))));
            List<Output.OutputColumn> columns = new ArrayList<>();
            List<String> names = List.of("id", "k", "v", "id2", "k2", "w", "start", "end", "trigger");
            for (int i = 0; i < names.size(); i++) {
                columns.add(new Output.OutputColumn(names.get(i), i, Output.Presence.AS_IS));
            }
            rule = engine.start(
                    new RuleSpec(
                            "r1",
                            new RulePlan(Dialect.RULE, new Output(join, columns), List.of("left", "right"), List.of()),
                            List.of(definition("left", kind(leftRetain)), definition("right", kind(retain))),
                            List.of(new ActionSpec("test", 0, Map.of())),
                            RuleOptions.of(Map.of("qos", 1, "onError", List.of(Map.of("errors", Map.of()))))),
                    new Unending());
        }

        private static StreamKind kind(int retain) {
            return retain > 0 ? StreamKind.SCAN_TABLE : StreamKind.STREAM;
        }

        /** Where TRUE comes first, no equality is a key. */
        private Expression condition(boolean two) {
            List<Expression> conjuncts = new ArrayList<>();
            if (!keys) {
                conjuncts.add(Plans.literal(true));
            }
            conjuncts.add(Plans.operation(
                    Operator.EQUAL,
                    Plans.operation(Operator.PLUS, column(0, "id"), Plans.literal(0L)),
                    Plans.operation(Operator.PLUS, column(3, "id"), Plans.literal(0L))));
            if (two) {
                // the sides change places
                conjuncts.add(Plans.operation(Operator.EQUAL, column(4, "k"), column(1, "k")));
            }
            conjuncts.add(Plans.operation(Operator.LESS_OR_EQUAL, column(2, "v"), column(5, "w")));
            return Plans.operation(Operator.AND, conjuncts.toArray(Expression[]::new));
        }

        Map<String, Object> figures() {
            RunningRule running = rule;
            Map<String, Object> figures = new TreeMap<>(running == null ? Map.of() : running.metrics());
            figures.keySet().removeIf(name -> name.contains("latency") || name.contains("time"));
            return figures;
        }
    }

    @AfterEach
    void close() {
        compared.engine.close();
        keyed.engine.close();
    }

    private static Expression column(int index, String name) {
        return new Expression.InputColumn(index, name, DataType.ANY);
    }

    private static StreamDefinition definition(String name, StreamKind kind) {
        return new StreamDefinition(
                name, kind, Schema.OPEN, Map.of(), new StreamOptions(new HashMap<>(Map.of("TYPE", name))), "");
    }

    /** Values of keys; {@code odd} ones do not all compare with each other. */
    private static @Nullable Object key(Random random, boolean odd) {
        return switch (random.nextInt(odd ? 9 : 6)) {
            case 0 -> null;
            case 1 -> (double) random.nextInt(4);
            case 2 -> random.nextInt(8) / 2.0;
            case 6 -> "text " + random.nextInt(3);
            case 7 -> random.nextBoolean();
            case 8 -> List.of(random.nextInt(3));
            default -> (long) random.nextInt(5);
        };
    }

    private static Map<String, @Nullable Object> record(Random random, String value, boolean odd) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        // the sum of a text and 0 cannot be computed
        record.put("id", key(random, odd && random.nextInt(4) == 0));
        if (random.nextInt(10) > 0) {
            record.put("k", odd ? key(random, true) : "k" + random.nextInt(3));
        }
        record.put(value, random.nextInt(30) == 0 ? "text" : (Object) (long) random.nextInt(10));
        return record;
    }

    @ParameterizedTest
    @CsvSource({
        "INNER,true,0,0",
        "LEFT,true,0,0",
        "RIGHT,true,0,0",
        "FULL,true,0,0",
        "CROSS,true,0,0",
        "FULL,false,0,0",
        "INNER,true,0,12",
        "LEFT,false,0,12",
        "RIGHT,true,0,12",
        "FULL,true,0,12",
        "INNER,true,12,0",
        "LEFT,true,12,0",
        "RIGHT,true,12,0",
        "FULL,false,12,0"
    })
    void itSaysTheSame(JoinKind kind, boolean two, int leftRetain, int retain) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        List<Site> sites = List.of(compared, keyed);
        sites.forEach(site -> site.start(kind, leftRetain, retain, two));
        Instant now = START;
        for (int round = 0; round < 150; round++) {
            now = now.plusSeconds(10);
            boolean odd = random.nextInt(4) == 0;
            for (int left = random.nextInt(30); left > 0; left--) {
                boolean first = random.nextBoolean();
                Map<String, @Nullable Object> record = record(random, first ? "v" : "w", odd);
                for (Site site : sites) {
                    (first ? site.left : site.right).emit(record);
                }
            }
            for (Site site : sites) {
                site.time.advanceTo(now);
            }
            if (random.nextInt(40) == 0) {
                sites.forEach(site -> site.start(kind, leftRetain, retain, two));
            }
        }
        assertThat(keyed.sink.messages).as("seed %d", seed).isEqualTo(compared.sink.messages);
        assertThat(keyed.errors.rows).as("seed %d", seed).isEqualTo(compared.errors.rows);
        assertThat(keyed.figures()).as("seed %d", seed).isEqualTo(compared.figures());
        assertThat(compared.sink.rows).as("seed %d", seed).hasSizeGreaterThan(100);
        if (kind != JoinKind.CROSS) {
            assertThat(compared.errors.rows).as("seed %d", seed).hasSizeGreaterThan(100);
        }
    }
}
