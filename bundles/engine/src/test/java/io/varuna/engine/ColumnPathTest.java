package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Operator;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules whose format is by columns say what they say with one by rows. */
class ColumnPathTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final Site rows = new Site(null, false);
    private final ColumnJson json = new ColumnJson();
    private final Site columns = new Site(json, false);
    private final Site queued = new Site(new ColumnJson(), true);

    /** An engine with a stream and a sink. */
    private static final class Site {
        private final TestStream stream = new TestStream();
        private final TestSink sink;
        private final TestSink errors = new TestSink(false);
        private final VirtualTime time = new VirtualTime(START);
        private final Engine engine;

        Site(@Nullable ColumnJson codec, boolean blocking) {
            sink = new TestSink(blocking);
            TestPlugins plugins =
                    new TestPlugins().source("test", stream).sink("test", sink).sink("errors", errors);
            engine = Engine.builder()
                    .plugins(codec == null ? plugins : plugins.codec(codec))
                    .stateStore(new MemoryStateStore())
                    .time(time)
                    .zone(ZoneOffset.UTC)
                    .build();
        }

        void start(RulePlan plan, boolean single) {
            start(plan, Plans.stream("demo"), single);
        }

        void start(RulePlan plan, StreamDefinition definition, boolean single) {
            engine.start(
                    new RuleSpec(
                            "r1",
                            plan,
                            List.of(definition),
                            List.of(new ActionSpec("test", 0, Map.of("sendSingle", single))),
                            RuleOptions.of(Map.of("onError", List.of(Map.of("errors", Map.of()))))),
                    new Unending());
        }
    }

    @AfterEach
    void close() {
        List.of(rows, columns, queued).forEach(site -> site.engine.close());
    }

    private static RulePlan plan() {
        Scan scan = Plans.scan("id", "temperature", "more");
        var hot = Plans.filter(
                scan, Plans.operation(Operator.GREATER, Plans.column(scan, "temperature"), Plans.literal(20L)));
        return Plans.plan(Plans.project(
                hot,
                new TreeMap<>(Map.of(
                        "id",
                        Plans.column(hot, "id"),
                        "more",
                        Plans.column(hot, "more"),
                        "twice",
                        Plans.operation(Operator.MULTIPLY, Plans.column(hot, "temperature"), Plans.literal(2L))))));
    }

    private static String payload(Random random) {
        if (random.nextInt(10) == 0) {
            return "{\"id\": ";
        }
        String temperature =
                switch (random.nextInt(8)) {
                    case 0 -> "";
                    case 1 -> ",\"temperature\":null";
                    case 2 -> ",\"temperature\":\"warm\"";
                    case 3 -> ",\"temperature\":" + random.nextInt(400) / 8.0;
                    default -> ",\"temperature\":" + random.nextInt(50);
                };
        String more = random.nextInt(3) == 0
                ? ""
                : ",\"more\":"
                        + List.of("null", "true", "{\"a\":[1,2.5]}", "\"\\u00e4\"")
                                .get(random.nextInt(4));
        return "{\"id\":\"d" + random.nextInt(1_000) + "\"" + temperature + more + "}";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itSaysTheSameAsRows(boolean single) throws Exception {
        assertSame(Plans.stream("demo"), single);
    }

    @Test
    void itSaysTheSameOfStrictStreams() throws Exception {
        Schema schema = Schema.of(
                new Column("id", DataType.VARCHAR),
                new Column("temperature", DataType.DOUBLE),
                new Column("more", DataType.ANY));
        assertSame(Plans.stream("demo", schema, "STRICT_VALIDATION", "TRUE"), true);
    }

    private void assertSame(StreamDefinition definition, boolean single) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        for (Site site : List.of(rows, columns, queued)) {
            site.start(plan(), definition, single);
        }
        for (int i = 0; i < 1_000; i++) {
            String payload = payload(random);
            for (Site site : List.of(rows, columns, queued)) {
                site.stream.emit(payload);
            }
        }
        for (Site site : List.of(columns, queued)) {
            assertThat(site.sink.rows).as("seed %d", seed).isEqualTo(rows.sink.rows);
            assertThat(site.sink.messages).as("seed %d", seed).isEqualTo(rows.sink.messages);
            assertThat(site.errors.rows).as("seed %d", seed).hasSameSizeAs(rows.errors.rows);
        }
        assertThat(rows.sink.messages).as("seed %d", seed).hasSizeGreaterThan(100);
    }

    @Test
    void wholeRecordsAreMadeOfRowsThatPassOnly() throws Exception {
        Scan scan = new Scan(
                "demo",
                "demo",
                List.of(
                        new Scan.ScanColumn("temperature", DataType.ANY, Scan.ColumnSource.FIELD),
                        new Scan.ScanColumn("*", DataType.struct(Schema.OPEN), Scan.ColumnSource.RECORD)));
        var hot = Plans.filter(
                scan, Plans.operation(Operator.GREATER, Plans.column(scan, "temperature"), Plans.literal(20L)));
        RulePlan plan = Plans.plan(Plans.project(hot, Map.of("all", Plans.column(hot, "*"))));
        for (Site site : List.of(rows, columns)) {
            site.start(plan, true);
            site.stream.emit("{\"temperature\":10,\"n\":1}");
            site.stream.emit("{\"n\":2,\"temperature\":21}");
            site.stream.emit("{\"temperature\":\"x\",\"n\":3}");
        }

        assertThat(columns.sink.messages).containsExactly("{\"all\":{\"n\":2,\"temperature\":21}}");
        assertThat(columns.sink.messages).isEqualTo(rows.sink.messages);
        // of the third one, too, which is shown as it cannot be compared
        assertThat(json.wholes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsOfAPayloadThatBreaksLaterLeaveNoTrace(boolean blocking) throws Exception {
        Site site = blocking ? queued : columns;
        site.start(plan(), true);

        site.stream.emit("[{\"id\":\"a\",\"temperature\":30,\"more\":1},{\"id\":\"b\",\"temperature\":31},7]");
        site.stream.emit("[{\"id\":\"c\",\"temperature\":32},{\"id\":\"d\",\"temperature\":33}]");

        assertThat(site.sink.messages).containsExactly("{\"id\":\"c\",\"twice\":64}", "{\"id\":\"d\",\"twice\":66}");
        assertThat(site.errors.rows).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeWrittenIsKeptAlthoughItsBatchIsGone(boolean blocking) throws Exception {
        Site site = blocking ? queued : columns;
        List<Integer> attempts = new ArrayList<>();
        site.sink.behave(batch -> {
            attempts.add(batch.size());
            if (attempts.size() < 3) {
                throw new IOException("away");
            }
        });
        site.start(plan(), true);

        site.stream.emit("{\"id\":\"a\",\"temperature\":30}");
        site.stream.emit("{\"id\":\"bb\",\"temperature\":31}");
        assertThat(site.sink.messages).isEmpty();
        site.time.advanceTo(START.plusSeconds(20));

        assertThat(site.sink.messages).containsExactly("{\"id\":\"a\",\"twice\":60}", "{\"id\":\"bb\",\"twice\":62}");
    }
}
