package io.varuna.plugin.mqtt;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.FallibleSinkContract;
import io.varuna.testkit.Json;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MqttSinkTest extends FallibleSinkContract {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static TestBroker broker;

    private String topic = "";
    private @Nullable TestContext reader;
    private @Nullable SourceRun reading;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    protected SinkFactory<?> factory() {
        return new MqttSink();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MqttConnectionFactory();
    }

    @Override
    protected Map<String, Object> properties() {
        return broker.properties(Map.of("topic", topic + "/out", "qos", 1, "protocolVersion", "5"));
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return TestBroker.owns(thread);
    }

    @Override
    protected boolean mayKeepClasses() {
        // the broker shares Netty and its threads
        return true;
    }

    @Override
    protected void create(Schema schema) throws Exception {
        stopReading();
        topic = "sink-" + TOPICS.incrementAndGet();
        reader = TestClient.context(
                // QoS 0, so that a broker that comes back does not send again what nobody has committed
                broker.properties(Map.of("qos", 0)), topic + "/#");
        reading = TestClient.subscribe(reader);
        TestStatus.await(reader, ConnectionStatus.CONNECTED);
    }

    @AfterEach
    void stopReading() throws Exception {
        if (reading != null && reader != null) {
            reading.close();
            reader.close();
            reading = null;
        }
    }

    @Override
    protected List<Map<String, Object>> written(Schema schema) throws Exception {
        awaitAllRead();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RecordingOutput.Emitted record :
                Objects.requireNonNull(reading).output().flushed()) {
            if (!String.valueOf(record.metadata().get("topic")).contains("/mark-")) {
                rows.addAll(Json.readRecords(Objects.requireNonNull(record.payload())));
            }
        }
        return rows;
    }

    /** Writes a message and waits for it: what was written before has come by then. */
    private void awaitAllRead() throws Exception {
        SourceRun run = Objects.requireNonNull(reading);
        TestStatus.await(Objects.requireNonNull(reader), ConnectionStatus.CONNECTED);
        String mark = "mark-" + TOPICS.incrementAndGet();
        try (TestContext context =
                        TestClient.context(broker.properties(Map.of("topic", topic + "/" + mark, "qos", 1)), "");
                var sink = TestClient.sink(context)) {
            TestClient.write(sink, 0, 1);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> run.output().flushed().stream().anyMatch(record -> (topic + "/" + mark)
                        .equals(record.metadata().get("topic"))));
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        return Objects.requireNonNull(Json.plain(value));
    }

    @Override
    protected @Nullable Object[] refusedRow() {
        // the broker announces that it takes no packets of this size
        return values(9L, "x".repeat(TestBroker.MAXIMUM_PACKET_SIZE));
    }

    @Override
    protected void interrupt() throws Exception {
        // it would not send again what our reader has not got yet
        awaitAllRead();
        broker.stop();
    }

    @Override
    protected void restore() throws Exception {
        broker.start();
        assertThat(reader).isNotNull();
        TestStatus.await(Objects.requireNonNull(reader), ConnectionStatus.CONNECTED);
    }
}
