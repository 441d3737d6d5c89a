package io.varuna.plugin.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.MessageEncoder;
import io.varuna.testkit.Rows;
import io.varuna.testkit.SinkContract;
import io.varuna.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads back what the simple logger prints; its configuration has it print to the standard output of the moment. */
class LogSinkTest extends SinkContract {
    private static final PrintStream CONSOLE = System.out;
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

    @BeforeAll
    static void capture() {
        System.setOut(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void release() {
        System.setOut(CONSOLE);
    }

    @Override
    protected SinkFactory<?> factory() {
        return new LogSink();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    protected void create(Schema schema) {
        PRINTED.reset();
    }

    @Override
    protected List<Map<String, Object>> written(Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : PRINTED.toString(StandardCharsets.UTF_8).lines().toList()) {
            String prefix = "INFO varuna.rule.rule - ";
            int start = line.indexOf(prefix);
            if (start >= 0) {
                byte[] json = line.substring(start + prefix.length()).getBytes(StandardCharsets.UTF_8);
                rows.addAll(Json.readRecords(ByteBuffer.wrap(json)));
            }
        }
        return rows;
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        return Objects.requireNonNull(Json.plain(value));
    }

    @Test
    void messageOfSeveralLinesIsOneLine() throws Exception {
        create(SCHEMA);
        MessageEncoder lines = (rows, single) -> "first\r\nINFO second".getBytes(StandardCharsets.UTF_8);
        List<Object[]> rows = List.<Object[]>of(Rows.values(1L, "ann"));
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            sink.write(Rows.batch(SCHEMA, rows, lines, true));
        }
        assertThat(PRINTED.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .endsWith(" - first\\r\\nINFO second");
    }
}
