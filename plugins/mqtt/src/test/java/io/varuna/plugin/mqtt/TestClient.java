package io.varuna.plugin.mqtt;

import static io.varuna.testkit.Rows.values;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.Sink;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.MessageEncoder;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.Rows;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shorthand for sources and sinks under test. */
final class TestClient {
    private static final Schema NUMBERS = Schema.of(new Column("id", DataType.BIGINT));

    private TestClient() {}

    static TestContext context(Map<String, Object> properties, String topics) {
        return context(properties, topics, new MqttConnectionFactory());
    }

    /** Returns a context whose connections know of the others that the factory has made. */
    static TestContext context(Map<String, Object> properties, String topics, MqttConnectionFactory factory) {
        return TestContext.builder()
                .properties(properties)
                .dataSource(topics)
                .schema(NUMBERS)
                .connection(factory)
                .build();
    }

    static SourceRun subscribe(TestContext context) throws Exception {
        return SourceRun.start(new MqttSource(), context);
    }

    /** Subscribes, and waits until the broker has agreed. */
    static SourceRun subscribed(TestContext context) throws Exception {
        SourceRun run = subscribe(context);
        TestStatus.await(context, ConnectionStatus.CONNECTED);
        return run;
    }

    static Sink sink(TestContext context) throws Exception {
        MqttSink factory = new MqttSink();
        return factory.open(Configurations.of(factory, context.properties()), context);
    }

    /** Writes messages with the ids {@code from} to {@code to - 1}, as one batch. */
    static void write(Sink sink, int from, int to) throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long id = from; id < to; id++) {
            rows.add(values(id));
        }
        sink.write(Rows.batch(NUMBERS, rows, MessageEncoder.JSON, true));
    }

    static List<String> payloads(List<RecordingOutput.Emitted> emitted) {
        return emitted.stream()
                .map(item -> item.payload() == null
                        ? ""
                        : StandardCharsets.UTF_8
                                .decode(item.payload().duplicate())
                                .toString())
                .toList();
    }

    /** Returns the payloads that {@link #write} makes. */
    static List<String> expected(int from, int to) {
        List<String> payloads = new ArrayList<>();
        for (int id = from; id < to; id++) {
            payloads.add("{\"id\":" + id + "}");
        }
        return payloads;
    }
}
