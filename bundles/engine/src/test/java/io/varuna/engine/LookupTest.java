package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.source.SourceContext;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Output;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupTest implements UnendingRule {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(false);
    private final Names names = new Names();
    private final TestPlugins plugins =
            new TestPlugins().source("test", stream).sink("test", sink).lookup("names", names);
    private final VirtualTime time = new VirtualTime(START);
    private final Engine engine = Engine.builder().plugins(plugins).time(time).build();

    @AfterEach
    void close() {
        engine.close();
    }

    /** Knows the names of 1 and 2. */
    private static final class Names implements LookupFactory<TestPlugins.None> {
        private final List<List<Object>> asked = new ArrayList<>();
        private int opened;
        private int failuresLeft;

        @Override
        public LookupSource open(
                TestPlugins.None config, List<String> columns, List<String> keyColumns, SourceContext context) {
            opened++;
            assertThat(columns).containsExactly("name");
            assertThat(keyColumns).containsExactly("id");
            return key -> {
                asked.add(key);
                if (failuresLeft-- > 0) {
                    throw new IOException("broken pipe");
                }
                return key.equals(List.of(1L)) || key.equals(List.of(2L))
                        ? List.of(Map.of("name", "n" + key.get(0)))
                        : List.of();
            };
        }
    }

    private RunningRule start(boolean outer, String extra) {
        Scan scan = Plans.scan("id");
        LookupJoin join = Plans.lookup(scan, "names", "id", outer);
        RulePlan plan = new RulePlan(
                Dialect.RULE,
                new Output(
                        join,
                        List.of(
                                new Output.OutputColumn("id", 0, Output.Presence.AS_IS),
                                new Output.OutputColumn("name", 1, Output.Presence.AS_IS))),
                List.of("demo", "names"),
                List.of());
        return engine.start(
                new RuleSpec(
                        "r1",
                        plan,
                        List.of(Plans.stream("demo"), Plans.table("names", extra)),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.DEFAULT),
                this);
    }

    @Test
    void rowsAreJoinedWithWhatTheTableHas() throws Exception {
        start(false, "{}");

        stream.emit(Map.of("id", 1L), Map.of("id", 3L), Map.of("other", 1L), Map.of("id", 2L));

        assertThat(sink.rows).containsExactly(Map.of("id", 1L, "name", "n1"), Map.of("id", 2L, "name", "n2"));
        assertThat(names.asked).hasSize(3);
    }

    @Test
    void anOuterJoinKeepsRowsWithoutAMatch() throws Exception {
        start(true, "{}");

        stream.emit(Map.of("id", 3L), Map.of("id", 1L));

        assertThat(sink.rows).containsExactly(Map.of("id", 3L), Map.of("id", 1L, "name", "n1"));
    }

    @Test
    void answersAreCachedForAsLongAsTheTableSays() throws Exception {
        start(true, "{\"lookup\": {\"cache\": true, \"cacheTtl\": \"10s\"}}");

        stream.emit(Map.of("id", 1L), Map.of("id", 1L), Map.of("id", 3L), Map.of("id", 3L));
        assertThat(names.asked).containsExactly(List.of(1L), List.of(3L), List.of(3L));
        time.advanceTo(START.plusSeconds(10));
        stream.emit(Map.of("id", 1L));

        assertThat(names.asked).hasSize(4);
    }

    @Test
    void aBrokenConnectionIsMadeAnew() throws Exception {
        names.failuresLeft = 1;
        RunningRule rule = start(false, "{}");

        stream.emit(Map.of("id", 1L));

        assertThat(sink.rows).hasSize(1);
        assertThat(names.opened).isEqualTo(2);
        assertThat(rule.metrics()).containsEntry("source_names_0_exceptions_total", 1L);
    }

    /** Reads what it finds as the table's format and compression say. */
    private static final class Payloads implements LookupFactory<TestPlugins.None> {
        @Override
        public LookupSource open(
                TestPlugins.None config, List<String> columns, List<String> keyColumns, SourceContext context) {
            Decoder decoder =
                    context.decoder(Schema.of(new Column("id", DataType.BIGINT), new Column("name", DataType.VARCHAR)));
            return key -> {
                List<Map<String, Object>> rows = new ArrayList<>();
                for (String record : List.of("{\"id\": 1, \"name\": \"ann\"}", "{\"id\": 2}")) {
                    decoder.decode(packed(record), row -> rows.add(Map.of("name", row[1] + " of " + row[0])));
                }
                return List.copyOf(rows);
            };
        }

        private static ByteBuffer packed(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        }
    }

    @Test
    void aTableCanReadPayloadsAsItsFormatSays() throws Exception {
        plugins.lookup("names", new Payloads());
        start(false, "{\"decompression\": \"gzip\"}");

        stream.emit(Map.of("id", 1L));

        assertThat(sink.rows)
                .containsExactly(Map.of("id", 1L, "name", "ann of 1"), Map.of("id", 1L, "name", "missing of 2"));
    }
}
