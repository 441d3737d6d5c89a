package io.varuna.plugin.mqtt;

import static io.varuna.plugin.mqtt.ScriptedBroker.PUBLISH;
import static io.varuna.plugin.mqtt.ScriptedBroker.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.plugin.mqtt.ScriptedBroker.Packet;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a publisher says to its broker, and when. */
class PublisherProtocolTest {
    private ScriptedBroker broker;

    @BeforeEach
    void openBroker() throws Exception {
        broker = new ScriptedBroker();
    }

    @AfterEach
    void closeBroker() throws Exception {
        broker.close();
    }

    private TestContext context(String version, int qos) {
        return TestClient.context(broker.properties(Map.of("topic", "t", "qos", qos, "protocolVersion", version)), "");
    }

    /** Writes messages with ids from 0 on, from another thread. */
    private static CompletableFuture<Void> write(Sink sink, int count) {
        return CompletableFuture.runAsync(() -> {
            try {
                TestClient.write(sink, 0, count);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void await(CompletableFuture<Void> written) throws Exception {
        written.get(20, TimeUnit.SECONDS);
    }

    @Test
    void writeReturnsWhenEverythingIsAcknowledged() throws Exception {
        try (TestContext context = context("3.1.1", 1);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 3);
            broker.welcome(false);
            for (int id = 0; id < 3; id++) {
                Packet publish = broker.expect(PUBLISH);
                assertThat(new String(publish.body(), StandardCharsets.UTF_8)).endsWith("{\"id\":" + id + "}");
                if (id < 2) {
                    broker.answer(0x40, publish.publishedId());
                } else {
                    assertThat(broker.isSilent()).isTrue();
                    assertThat(written).isNotDone();
                    broker.answer(0x40, publish.publishedId());
                }
            }
            await(written);
        }
    }

    @Test
    void messageOfQosTwoTakesFourSteps() throws Exception {
        try (TestContext context = context("3.1.1", 2);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 1);
            broker.welcome(false);
            Packet publish = broker.expect(PUBLISH);
            assertThat(publish.qos()).isEqualTo(2);
            broker.answer(0x50, publish.publishedId());
            assertThat(broker.expect(PUBREL).packetId()).isEqualTo(publish.publishedId());
            assertThat(written).isNotDone();
            broker.answer(0x70, publish.publishedId());
            await(written);
        }
    }

    @Test
    void noMoreIsInFlightThanTheBrokerTakes() throws Exception {
        try (TestContext context = context("5", 1);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 4);
            // receive maximum
            broker.welcomeVersion5(0x21, 0, 2);
            Packet first = broker.expect(PUBLISH);
            Packet second = broker.expect(PUBLISH);
            assertThat(broker.isSilent()).isTrue();
            broker.answer(0x40, first.publishedId());
            Packet third = broker.expect(PUBLISH);
            assertThat(broker.isSilent()).isTrue();
            broker.answer(0x40, second.publishedId());
            broker.answer(0x40, third.publishedId());
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            await(written);
        }
    }

    @Test
    void refusedMessagesAreNamed() throws Exception {
        try (TestContext context = context("5", 1);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 3);
            broker.welcomeVersion5();
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            broker.answer(0x40, broker.expect(PUBLISH).publishedId(), 0x87, 0);
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            assertThatThrownBy(() -> await(written))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(RejectedRowsException.class, e -> assertThat(e.causes())
                            .containsOnlyKeys(1))
                    .hasMessageContaining("The message to topic 't' is refused: not authorized");
        }
    }

    @Test
    void messagesThatAreRefusedForNowMayBeTriedAgain() throws Exception {
        try (TestContext context = context("5", 2);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 1);
            broker.welcomeVersion5();
            broker.answer(0x50, broker.expect(PUBLISH).publishedId(), 0x97, 0);
            assertThatThrownBy(() -> await(written))
                    .cause()
                    .isInstanceOfSatisfying(IOException.class, e -> assertThat(new MqttSink().isTransient(e))
                            .isTrue())
                    .hasMessageEndingWith("refuses a message for now: quota exceeded");
        }
    }

    @Test
    void whatTheBrokerSaysItCannotDoIsNotTried() throws Exception {
        try (TestContext context = context("5", 2);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 1);
            // maximum QoS
            broker.welcomeVersion5(0x24, 1);
            assertThatThrownBy(() -> await(written))
                    .cause()
                    .isInstanceOf(RejectedRowsException.class)
                    .hasMessageContaining("the broker takes QoS 1 at most; check property 'qos'");
        }
    }

    @Test
    void lostConnectionFailsTheWriteAndTheNextOneConnectsAgain() throws Exception {
        try (TestContext context = context("3.1.1", 1);
                Sink sink = TestClient.sink(context)) {
            CompletableFuture<Void> written = write(sink, 2);
            broker.welcome(false);
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            broker.expect(PUBLISH);
            broker.hangUp();
            assertThatThrownBy(() -> await(written))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("it closed the connection");
            CompletableFuture<Void> again = write(sink, 2);
            broker.welcome(false);
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            broker.answer(0x40, broker.expect(PUBLISH).publishedId());
            await(again);
        }
    }
}
