package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.Sink;
import io.varuna.api.source.Position;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.RecordingOutput.Emitted;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions outlive connections, brokers and streams. */
class MqttSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory = Path.of("");

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start(directory);
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.close();
    }

    private Map<String, Object> session(String version) {
        return broker.properties(
                Map.of("clientid", "reader", "enableClientSession", true, "protocolVersion", version, "qos", 1));
    }

    private Map<String, Object> writing() {
        return broker.properties(Map.of("topic", "readings", "qos", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void brokerRestartInTheMiddleLosesNothing(String version) throws Exception {
        broker.close();
        broker = TestBroker.startDurable(directory);
        try (TestContext reader = TestClient.context(session(version), "readings");
                TestContext writer = TestClient.context(writing(), "");
                SourceRun run = TestClient.subscribed(reader);
                Sink sink = TestClient.sink(writer)) {
            TestClient.write(sink, 0, 200);
            assertThat(run.output().awaitFlushed(100, PATIENCE)).isTrue();
            commit(run, 50);
            broker.stop();
            TestStatus.await(reader, ConnectionStatus.DISCONNECTED);
            assertThatThrownBy(() -> TestClient.write(sink, 200, 300)).isInstanceOf(IOException.class);
            broker.start();
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                TestClient.write(sink, 200, 400);
                return true;
            });
            Set<String> expected = new LinkedHashSet<>(TestClient.expected(0, 400));
            Awaitility.await().atMost(PATIENCE).until(() -> Set.copyOf(
                            TestClient.payloads(run.output().flushed()))
                    .equals(expected));
        }
    }

    private static void commit(SourceRun run, int count) throws Exception {
        run.source()
                .committed(Objects.requireNonNull(
                        run.output().flushed().get(count - 1).position()));
    }

    @Test
    void messagesThatCameWhileTheStreamWasStoppedAreThereWhenItStarts() throws Exception {
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribed(reader)) {}
        writeAll(0, 50);
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribe(reader)) {
            assertThat(run.output().awaitFlushed(50, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().flushed()))
                    .containsExactlyInAnyOrderElementsOf(TestClient.expected(0, 50));
        }
    }

    @Test
    void onlyCommittedMessagesAreAcknowledged() throws Exception {
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribed(reader)) {
            writeAll(0, 10);
            assertThat(run.output().awaitFlushed(10, PATIENCE)).isTrue();
            commit(run, 4);
        }
        broker.awaitNoClients();
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribe(reader)) {
            assertThat(run.output().awaitFlushed(6, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().flushed()))
                    .containsExactlyInAnyOrderElementsOf(TestClient.expected(4, 10));
            commit(run, 6);
        }
        broker.awaitNoClients();
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribed(reader)) {
            writeAll(99, 100);
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().flushed())).isEqualTo(TestClient.expected(99, 100));
        }
    }

    @Test
    void streamThatStopsAndStartsAtOnceGetsNothingAgain() throws Exception {
        int count = 3_000;
        MqttConnectionFactory factory = new MqttConnectionFactory();
        for (int life = 0; life < 4; life++) {
            try (TestContext reader = TestClient.context(session("3.1.1"), "readings", factory);
                    SourceRun run = TestClient.subscribed(reader)) {
                int from = life * count;
                writeAll(from, from + count);
                assertThat(run.output().awaitFlushed(count, PATIENCE)).isTrue();
                assertThat(TestClient.payloads(run.output().flushed()))
                        .containsExactlyInAnyOrderElementsOf(TestClient.expected(from, from + count));
                commit(run, count);
            }
        }
    }

    @Test
    void positionOfAnEarlierLifeAcknowledgesNothing() throws Exception {
        Position old;
        try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                SourceRun run = TestClient.subscribed(reader)) {
            writeAll(0, 3);
            assertThat(run.output().awaitFlushed(3, PATIENCE)).isTrue();
            old = Objects.requireNonNull(run.output().flushed().get(2).position());
        }
        for (int life = 0; life < 2; life++) {
            try (TestContext reader = TestClient.context(session("3.1.1"), "readings");
                    SourceRun run = TestClient.subscribe(reader)) {
                assertThat(run.output().awaitFlushed(3, PATIENCE)).isTrue();
                run.source().committed(old);
            }
        }
    }

    @Test
    void sessionKeepsMessagesForStreamsThatStartLater() throws Exception {
        for (String topics : List.of("a", "b")) {
            try (TestContext reader = TestClient.context(session("3.1.1"), topics);
                    SourceRun run = TestClient.subscribed(reader)) {}
        }
        try (TestContext writer = TestClient.context(broker.properties(Map.of("topic", "b", "qos", 1)), "");
                Sink sink = TestClient.sink(writer)) {
            TestClient.write(sink, 0, 20);
        }
        try (TestContext reader = TestClient.context(session("3.1.1"), "a");
                SourceRun first = TestClient.subscribed(reader)) {
            RecordingOutput later = new RecordingOutput();
            MqttConnection.Handle second = reader.connection(MqttConnection.class)
                    .subscribe(new Subscription.Request(TopicFilter.parseList("b"), 1, null, later, reader));
            assertThat(later.awaitFlushed(20, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(later.flushed()))
                    .containsExactlyInAnyOrderElementsOf(TestClient.expected(0, 20));
            assertThat(first.output().emitted()).isEmpty();
            second.close();
        }
    }

    @Test
    void overlapWithinASessionIsRefused() throws Exception {
        try (TestContext reader = TestClient.context(session("3.1.1"), "a/+");
                SourceRun run = TestClient.subscribe(reader)) {
            MqttConnection connection = reader.connection(MqttConnection.class);
            assertThatThrownBy(() -> connection.subscribe(
                            new Subscription.Request(TopicFilter.parseList("a/b"), 1, null, run.output(), reader)))
                    .isInstanceOf(VarunaException.class)
                    .hasMessage("Topics [a/b] overlap those of another stream with client id 'reader' and "
                            + "enableClientSession. Give this stream a 'clientid' of its own");
        }
    }

    @Test
    void streamWithoutASessionIsSubscribedAgainAfterARestart() throws Exception {
        try (TestContext reader = TestClient.context(broker.properties(Map.of("qos", 0)), "readings,other/#");
                SourceRun run = TestClient.subscribed(reader)) {
            broker.stop();
            assertThat(TestStatus.await(reader, ConnectionStatus.DISCONNECTED))
                    .startsWith("broker '" + broker.url() + "': ");
            broker.start();
            TestStatus.await(reader, ConnectionStatus.CONNECTED);
            writeAll(0, 1);
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            List<Emitted> received = run.output().flushed();
            assertThat(TestClient.payloads(received)).isEqualTo(TestClient.expected(0, 1));
        }
    }

    private void writeAll(int from, int to) throws Exception {
        try (TestContext writer = TestClient.context(writing(), "");
                Sink sink = TestClient.sink(writer)) {
            TestClient.write(sink, from, to);
        }
    }
}
