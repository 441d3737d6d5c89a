package io.varuna.plugin.mqtt;

import static io.varuna.plugin.mqtt.ScriptedBroker.DISCONNECT;
import static io.varuna.plugin.mqtt.ScriptedBroker.PINGREQ;
import static io.varuna.plugin.mqtt.ScriptedBroker.PUBACK;
import static io.varuna.plugin.mqtt.ScriptedBroker.PUBCOMP;
import static io.varuna.plugin.mqtt.ScriptedBroker.PUBREC;
import static io.varuna.plugin.mqtt.ScriptedBroker.SUBSCRIBE;
import static io.varuna.plugin.mqtt.ScriptedBroker.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import io.varuna.plugin.mqtt.ScriptedBroker.Packet;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber says to its broker, and when. */
class SubscriberProtocolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ScriptedBroker broker;

    @BeforeEach
    void openBroker() throws Exception {
        broker = new ScriptedBroker();
    }

    @AfterEach
    void closeBroker() throws Exception {
        broker.close();
    }

    private TestContext context(Map<String, ?> properties, String topics) {
        return TestClient.context(broker.properties(properties), topics);
    }

    @Test
    void acknowledgesInOrderWhatIsCommittedAndNothingElse() throws Exception {
        try (TestContext context = context(Map.of("qos", 1), "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(1);
            for (int id = 11; id < 16; id++) {
                broker.publish("t", 1, id, false, "m" + id);
            }
            assertThat(run.output().awaitFlushed(5, PATIENCE)).isTrue();
            assertThat(broker.isSilent()).isTrue();
            commit(run, 3);
            for (int id = 11; id < 14; id++) {
                assertThat(broker.expect(PUBACK).packetId()).isEqualTo(id);
            }
            assertThat(broker.isSilent()).isTrue();
            commit(run, 5);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(14);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(15);
        }
    }

    private static void commit(SourceRun run, int count) throws Exception {
        run.source()
                .committed(Objects.requireNonNull(
                        run.output().flushed().get(count - 1).position()));
    }

    @Test
    void acknowledgesBeforeItTakesLeave() throws Exception {
        try (TestContext context = context(Map.of("qos", 1), "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(1);
            broker.publish("t", 1, 7, false, "m");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            commit(run, 1);
            run.close();
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(7);
            broker.expect(UNSUBSCRIBE);
            broker.expect(DISCONNECT);
        }
    }

    /** Brokers forget acknowledgements that they have still to work on when the next client drives out the former. */
    @Test
    void nextClientOfASessionComesWhenTheFormerIsGone() throws Exception {
        MqttConnectionFactory factory = new MqttConnectionFactory();
        Map<String, Object> properties =
                broker.properties(Map.of("qos", 1, "clientid", "c", "enableClientSession", true));
        try (TestContext former = TestClient.context(properties, "t", factory);
                SourceRun run = TestClient.subscribe(former);
                TestContext next = TestClient.context(properties, "t", factory)) {
            broker.welcome(false);
            broker.agree(1);
            broker.publish("t", 1, 7, false, "m");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            commit(run, 1);
            CompletableFuture<Void> leaving = closing(run);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(7);
            broker.expect(DISCONNECT);
            try (SourceRun again = TestClient.subscribe(next)) {
                assertThat(broker.isLeftAlone()).isTrue();
                assertThat(leaving).isNotDone();
                broker.hangUp();
                leaving.get(20, TimeUnit.SECONDS);
                broker.welcome(true);
                broker.agree(1);
                broker.publish("t", 1, 8, false, "n");
                assertThat(again.output().awaitFlushed(1, PATIENCE)).isTrue();
                broker.hangUp();
            }
        }
    }

    private static CompletableFuture<Void> closing(SourceRun run) {
        return CompletableFuture.runAsync(() -> {
            try {
                run.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** It is not what the protocol says, but the broker would wait for the acknowledgement for ever. */
    @Test
    void messageBeforeTheWelcomeIsAcknowledgedAfterIt() throws Exception {
        Map<String, ?> properties = Map.of("qos", 1, "clientid", "c", "enableClientSession", true);
        try (TestContext context = context(properties, "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.expectConnect();
            broker.publish("t", 1, 3, false, "early");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            commit(run, 1);
            assertThat(broker.isSilent()).isTrue();
            broker.send(0x20, 1, 0);
            broker.agree(1);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(3);
            broker.hangUp();
        }
    }

    @Test
    void lastingSessionStaysSubscribed() throws Exception {
        Map<String, ?> properties = Map.of("qos", 1, "clientid", "c", "enableClientSession", true);
        try (TestContext context = context(properties, "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(1);
            TestStatus.await(context, ConnectionStatus.CONNECTED);
            CompletableFuture<Void> leaving = closing(run);
            broker.expect(DISCONNECT);
            broker.hangUp();
            leaving.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void messageOfQosTwoIsReadOnceWhateverIsSentAgain() throws Exception {
        Map<String, ?> properties = Map.of("qos", 2, "clientid", "c", "enableClientSession", true);
        try (TestContext context = context(properties, "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(2);
            broker.publish("t", 2, 5, false, "first");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            broker.publish("t", 2, 5, true, "first");
            broker.hangUp();

            broker.welcome(true);
            broker.publish("t", 2, 5, true, "first");
            assertThat(broker.isSilent()).isTrue();
            commit(run, 1);
            assertThat(broker.expect(PUBREC).packetId()).isEqualTo(5);
            broker.hangUp();

            broker.welcome(true);
            broker.publish("t", 2, 5, true, "first");
            assertThat(broker.expect(PUBREC).packetId()).isEqualTo(5);
            broker.answer(0x62, 5);
            assertThat(broker.expect(PUBCOMP).packetId()).isEqualTo(5);
            broker.publish("t", 2, 5, false, "second");
            assertThat(run.output().awaitFlushed(2, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().flushed())).containsExactly("first", "second");
            broker.hangUp();
        }
    }

    @Test
    void sessionThatGoesOnIsNotSubscribedAgain() throws Exception {
        Map<String, ?> properties = Map.of("qos", 1, "clientid", "c", "enableClientSession", true);
        try (TestContext context = context(properties, "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(1);
            TestStatus.await(context, ConnectionStatus.CONNECTED);
            broker.hangUp();
            broker.welcome(true);
            broker.publish("t", 1, 1, false, "m");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            assertThat(broker.isSilent()).isTrue();
            broker.hangUp();
            broker.welcome(false);
            broker.expect(SUBSCRIBE);
            broker.hangUp();
        }
    }

    @Test
    void stopsReadingWhileTheRulesAreBusyAndLosesNothing() throws Exception {
        int count = 40_000;
        String padding = "x".repeat(1_000);
        RecordingOutput output = new RecordingOutput();
        output.limit(10);
        try (TestContext context = context(Map.of("qos", 0), "t");
                SourceRun run = SourceRun.start(new MqttSource(), context, output)) {
            broker.welcome(false);
            broker.agree(0);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        broker.publish("t", 0, 0, false, i + ":" + padding);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(output.awaitEmitted(10, PATIENCE)).isTrue();
            Awaitility.await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> !sent.isDone());
            assertThat(output.emitted()).hasSize(10);
            output.limit(Integer.MAX_VALUE);
            sent.get(60, TimeUnit.SECONDS);
            assertThat(output.awaitFlushed(count, Duration.ofSeconds(60))).isTrue();
            assertThat(TestClient.payloads(output.flushed()))
                    .extracting(text -> Integer.parseInt(text.substring(0, text.indexOf(':'))))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(run.failure()).isNull();
        }
    }

    @Test
    void acknowledgesNothingThatASlowRuleHasNotTakenAndLosesNothing() throws Exception {
        int count = 3_000;
        RecordingOutput output = new RecordingOutput();
        output.limit(10);
        try (TestContext context = context(Map.of("qos", 1), "t");
                SourceRun run = SourceRun.start(new MqttSource(), context, output)) {
            broker.welcome(false);
            broker.agree(1);
            for (int id = 1; id <= count; id++) {
                // every third one needs no acknowledgement
                broker.publish("t", id % 3 == 0 ? 0 : 1, id, false, "m" + id);
            }
            assertThat(output.awaitEmitted(10, PATIENCE)).isTrue();
            run.source()
                    .committed(Objects.requireNonNull(output.emitted().get(9).position()));
            for (int id = 1; id <= 10; id++) {
                if (id % 3 != 0) {
                    assertThat(broker.expect(PUBACK).packetId()).isEqualTo(id);
                }
            }
            assertThat(broker.isSilent()).isTrue();
            output.limit(Integer.MAX_VALUE);
            assertThat(output.awaitFlushed(count, PATIENCE)).isTrue();
            assertThat(broker.isSilent()).isTrue();
            commit(run, count);
            for (int id = 11; id <= count; id++) {
                if (id % 3 != 0) {
                    assertThat(broker.expect(PUBACK).packetId()).isEqualTo(id);
                }
            }
            assertThat(TestClient.payloads(output.flushed()))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, count)
                            .mapToObj(id -> "m" + id)
                            .toList());
            assertThat(run.failure()).isNull();
        }
    }

    @Test
    void messageThatTheRulesThrowOnIsLeftOutAlone() throws Exception {
        RecordingOutput kept = new RecordingOutput();
        try (TestContext context = context(Map.of("qos", 0), "t")) {
            MqttConnection.Handle subscribed = context.connection(MqttConnection.class)
                    .subscribe(new Subscription.Request(
                            TopicFilter.parseList("t"), 0, null, new ThrowingOutput(kept, "m5"), context));
            broker.welcome(false);
            broker.agree(0);
            for (int i = 0; i < 10; i++) {
                broker.publish("t", 0, 0, false, "m" + i);
            }
            assertThat(kept.awaitFlushed(9, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(kept.flushed()))
                    .containsExactly("m0", "m1", "m2", "m3", "m4", "m6", "m7", "m8", "m9");
            subscribed.close();
        }
    }

    /** Throws on one payload, as a broken rule might. */
    private record ThrowingOutput(RecordingOutput to, String on) implements SourceOutput {
        @Override
        public void emit(ByteBuffer payload, Map<String, @Nullable Object> metadata, @Nullable Position position)
                throws InterruptedException {
            if (StandardCharsets.UTF_8.decode(payload.duplicate()).toString().equals(on)) {
                throw new IllegalStateException("not " + on);
            }
            to.emit(payload, metadata, position);
        }

        @Override
        public void emit(
                Map<String, @Nullable Object> row, Map<String, @Nullable Object> metadata, @Nullable Position position)
                throws InterruptedException {
            to.emit(row, metadata, position);
        }

        @Override
        public void flush() throws InterruptedException {
            to.flush();
        }

        @Override
        public void reject(Exception cause, @Nullable ByteBuffer raw) {
            to.reject(cause, raw);
        }

        @Override
        public void requestCommit() {
            to.requestCommit();
        }

        @Override
        public void end() throws InterruptedException {
            to.end();
        }
    }

    @Test
    void slowStreamDoesNotHoldUpItsNeighbour() throws Exception {
        RecordingOutput slow = new RecordingOutput();
        slow.limit(1);
        try (TestContext context = context(Map.of("qos", 0), "slow");
                SourceRun run = SourceRun.start(new MqttSource(), context, slow)) {
            broker.welcome(false);
            broker.agree(0);
            RecordingOutput quick = new RecordingOutput();
            MqttConnection.Handle second = context.connection(MqttConnection.class)
                    .subscribe(new Subscription.Request(TopicFilter.parseList("quick"), 0, null, quick, context));
            broker.agree(0);
            for (int i = 0; i < 100; i++) {
                broker.publish("slow", 0, 0, false, "s" + i);
                broker.publish("quick", 0, 0, false, "q" + i);
            }
            assertThat(quick.awaitFlushed(100, PATIENCE)).isTrue();
            assertThat(slow.awaitEmitted(1, PATIENCE)).isTrue();
            assertThat(slow.emitted()).hasSize(1);
            assertThat(run.failure()).isNull();
            second.close();
        }
    }

    @Test
    void pingsASilentBrokerAndGivesItUp() throws Exception {
        try (TestContext context = context(Map.of("qos", 0, "keepAlive", 1), "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(0);
            broker.expect(PINGREQ);
            broker.send(0xD0);
            broker.expect(PINGREQ);
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED))
                    .endsWith("no sign of life for 1000 ms");
            broker.welcome(false);
            assertThat(run.output().emitted()).isEmpty();
        }
    }

    @Test
    void refusedSubscriptionIsSaidInTheStatus() throws Exception {
        try (TestContext context = context(Map.of("qos", 1), "mine,theirs");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            Packet subscribe = broker.expect(SUBSCRIBE);
            broker.answer(0x90, subscribe.packetId(), 1, 0x80);
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED))
                    .contains("refuses the subscription to 'theirs': unspecified error");
            assertThat(run.output().emitted()).isEmpty();
        }
    }

    @Test
    void connectsAgainAfterWhatIsNoMqtt() throws Exception {
        try (TestContext context = context(Map.of("qos", 0, "maxPacketSize", 100), "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcome(false);
            broker.agree(0);
            broker.publish("t", 0, 0, false, "x".repeat(200));
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED)).contains("a packet cannot be read: ");
            broker.welcome(false);
            broker.agree(0);
            broker.publish("t", 0, 0, false, "m");
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
        }
    }

    @Test
    void goodbyeOfTheBrokerIsSaidInTheStatus() throws Exception {
        try (TestContext context = context(Map.of("protocolVersion", "5"), "t");
                SourceRun run = TestClient.subscribe(context)) {
            broker.welcomeVersion5();
            broker.expect(SUBSCRIBE);
            broker.send(0xE0, 0x8E, 0);
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED))
                    .endsWith("it ended the connection: another client has connected with the same client id");
            assertThat(run.output().emitted()).isEmpty();
        }
    }

    @Test
    void sourcesOfTheSameTopicsShareASubscription() throws Exception {
        RecordingOutput later = new RecordingOutput();
        try (TestContext context = context(Map.of("qos", 1), "a/+,b");
                SourceRun first = TestClient.subscribe(context)) {
            broker.welcome(false);
            Packet subscribe = broker.expect(SUBSCRIBE);
            broker.answer(0x90, subscribe.packetId(), 1, 1);
            broker.publish("a/1", 1, 1, false, "m1");
            assertThat(first.output().awaitFlushed(1, PATIENCE)).isTrue();
            commit(first, 1);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(1);

            MqttConnection.Handle second = context.connection(MqttConnection.class)
                    .subscribe(new Subscription.Request(TopicFilter.parseList("b,a/+"), 1, null, later, context));
            // for the retained messages, which are for the newcomer only
            broker.answer(0x90, broker.expect(SUBSCRIBE).packetId(), 1, 1);
            broker.publishRetained("a/1", 1, 2, "old");
            broker.publish("a/1", 1, 3, false, "m2");
            assertThat(first.output().awaitFlushed(2, PATIENCE)).isTrue();
            assertThat(later.awaitFlushed(2, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(first.output().flushed())).containsExactly("m1", "m2");
            assertThat(TestClient.payloads(later.flushed())).containsExactly("old", "m2");

            // acknowledged when it is safe with both
            commit(first, 2);
            assertThat(broker.isSilent()).isTrue();
            second.subscription()
                    .committed(Objects.requireNonNull(later.flushed().get(1).position()));
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(2);
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(3);

            // who leaves owes nothing any more, and the broker goes on sending for the other
            broker.publish("b", 1, 4, false, "m3");
            assertThat(first.output().awaitFlushed(3, PATIENCE)).isTrue();
            assertThat(later.awaitFlushed(3, PATIENCE)).isTrue();
            commit(first, 3);
            second.close();
            assertThat(broker.expect(PUBACK).packetId()).isEqualTo(4);
            broker.publish("b", 1, 5, false, "m4");
            assertThat(first.output().awaitFlushed(4, PATIENCE)).isTrue();
            assertThat(later.emitted()).hasSize(3);
        }
    }
}
