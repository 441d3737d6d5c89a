package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.testkit.MessageEncoder;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.RecordingOutput.Emitted;
import io.varuna.testkit.Rows;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MqttRoundTripTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static TestBroker broker;

    private final String topic = "trip-" + TOPICS.incrementAndGet();

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    static Stream<Arguments> versionsAndQualities() {
        return Stream.of("3.1", "3.1.1", "5")
                .flatMap(version -> Stream.of(0, 1, 2).map(qos -> Arguments.of(version, qos)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndQualities")
    void everyVersionAndQualityOfServiceKeepsAllInOrder(String version, int qos) throws Exception {
        Map<String, Object> properties =
                broker.properties(Map.of("protocolVersion", version, "qos", qos, "topic", topic));
        try (TestContext context = TestClient.context(properties, topic);
                SourceRun run = TestClient.subscribed(context)) {
            try (Sink sink = TestClient.sink(context)) {
                int written = 0;
                while (written < 600) {
                    TestClient.write(sink, written, written + 100);
                    written += 100;
                    assertThat(run.output().awaitFlushed(written, PATIENCE)).isTrue();
                    commitAll(run);
                }
                sink.flush();
            }
            List<Emitted> received = run.output().flushed();
            assertThat(TestClient.payloads(received)).isEqualTo(TestClient.expected(0, 600));
            assertThat(received).allSatisfy(message -> {
                assertThat(message.metadata()).containsEntry("topic", topic).containsEntry("qos", (long) qos);
                assertThat(message.position() == null).isEqualTo(qos == 0);
            });
        }
    }

    private static void commitAll(SourceRun run) throws Exception {
        List<Emitted> emitted = run.output().flushed();
        var position = emitted.get(emitted.size() - 1).position();
        if (position != null) {
            run.source().committed(position);
        }
    }

    @Test
    void asksForCommitsWhenTheBrokerMayBeWaitingForThem() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic));
        try (TestContext context = TestClient.context(properties, topic);
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            TestClient.write(sink, 0, 1);
            org.awaitility.Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> run.output().commitRequests() > 0);
        }
    }

    @Test
    void userPropertiesTravelWithVersion5() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of(
                "protocolVersion",
                "5",
                "qos",
                1,
                "topic",
                topic,
                "properties",
                Map.of("site", "s-{{.id}}", "unit", "C")));
        try (TestContext context = TestClient.context(properties, topic);
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            TestClient.write(sink, 7, 8);
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            assertThat(run.output().flushed().get(0).metadata().get("properties"))
                    .isEqualTo(Map.of("site", "s-7", "unit", "C"));
        }
    }

    @Test
    void topicIsFilledInFromTheRow() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic + "/{{.id}}/state"));
        try (TestContext context = TestClient.context(properties, topic + "/+/state," + topic + "/other");
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            TestClient.write(sink, 1, 4);
            assertThat(run.output().awaitFlushed(3, PATIENCE)).isTrue();
            assertThat(run.output().flushed())
                    .extracting(message -> message.metadata().get("topic"))
                    .containsExactlyInAnyOrder(topic + "/1/state", topic + "/2/state", topic + "/3/state");
        }
    }

    @Test
    void retainedMessageReachesLaterSubscribers() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic, "retained", true));
        try (TestContext context = TestClient.context(properties, topic)) {
            try (Sink sink = TestClient.sink(context)) {
                TestClient.write(sink, 1, 3);
            }
            try (SourceRun run = TestClient.subscribe(context)) {
                assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
                assertThat(TestClient.payloads(run.output().flushed())).isEqualTo(TestClient.expected(2, 3));
            }
        }
    }

    @Test
    void rowWithoutAUsableTopicIsRefusedAlone() throws Exception {
        Schema schema = Schema.of(new Column("name", DataType.VARCHAR));
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", "{{.name}}"));
        try (TestContext context = TestClient.context(properties, topic);
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            var rows = List.of(new Object[] {topic}, new Object[] {"a/#"}, new Object[] {topic});
            assertThatThrownBy(() -> sink.write(Rows.batch(schema, rows, MessageEncoder.JSON, true)))
                    .isInstanceOfSatisfying(RejectedRowsException.class, e -> assertThat(e.causes())
                            .containsOnlyKeys(1))
                    .hasMessageContaining("'a/#' is no topic to publish to");
            assertThat(run.output().awaitFlushed(2, PATIENCE)).isTrue();
        }
    }

    @Test
    void overlappingStreamsOfOneConnectionEachGetEveryMessageOnce() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic + "/a", "clientid", topic));
        try (TestContext context = TestClient.context(properties, topic + "/#");
                SourceRun all = TestClient.subscribed(context)) {
            MqttConnection shared = context.connection(MqttConnection.class);
            RecordingOutput one = new RecordingOutput();
            TestContext statuses = TestClient.context(properties, "");
            MqttConnection.Handle second = shared.subscribe(
                    new Subscription.Request(TopicFilter.parseList(topic + "/a"), 1, null, one, statuses));
            try (Sink sink = TestClient.sink(context)) {
                TestStatus.await(statuses, ConnectionStatus.CONNECTED);
                TestClient.write(sink, 0, 20);
                TestClient.write(sink, 20, 21);
                assertThat(all.output().awaitFlushed(21, PATIENCE)).isTrue();
                assertThat(one.awaitFlushed(21, PATIENCE)).isTrue();
                assertThat(TestClient.payloads(all.output().flushed())).isEqualTo(TestClient.expected(0, 21));
                assertThat(TestClient.payloads(one.flushed())).isEqualTo(TestClient.expected(0, 21));
            }
            second.close();
        }
    }

    @Test
    void retainedMessageReachesEveryRuleOfAStreamOnce() throws Exception {
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic, "retained", true));
        try (TestContext context = TestClient.context(properties, topic)) {
            try (Sink sink = TestClient.sink(context)) {
                TestClient.write(sink, 1, 2);
            }
            try (SourceRun first = TestClient.subscribe(context)) {
                assertThat(first.output().awaitFlushed(1, PATIENCE)).isTrue();
                try (SourceRun second = TestClient.subscribe(context)) {
                    assertThat(second.output().awaitFlushed(1, PATIENCE)).isTrue();
                    try (Sink sink = TestClient.sink(context)) {
                        TestClient.write(sink, 2, 3);
                    }
                    assertThat(first.output().awaitFlushed(2, PATIENCE)).isTrue();
                    assertThat(second.output().awaitFlushed(2, PATIENCE)).isTrue();
                    assertThat(TestClient.payloads(first.output().flushed())).isEqualTo(TestClient.expected(1, 3));
                    assertThat(TestClient.payloads(second.output().flushed())).isEqualTo(TestClient.expected(1, 3));
                }
            }
        }
    }

    @Test
    void messageThatEndsTheStreamEndsIt() throws Exception {
        String end = Base64.getEncoder().encodeToString("{\"id\":3}".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> properties = broker.properties(Map.of("qos", 1, "topic", topic, "eofMessage", end));
        try (TestContext context = TestClient.context(properties, topic);
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            TestClient.write(sink, 0, 6);
            assertThat(run.output().awaitEnd(PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().emitted())).isEqualTo(TestClient.expected(0, 3));
        }
    }
}
