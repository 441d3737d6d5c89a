package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.plugin.mqtt.Delivery.Outbound;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that writes, for all sinks of a connection. It is apart from those that read: while a slow rule keeps a reader
 * from reading, acknowledgements have to arrive all the same.
 */
final class Publisher implements Link.Listener {
    private static final long CHECK_TIMEOUT_SECONDS = 10;
    private static final int MOST_PACKET_ID = 65_535;

    private final ClientOptions options;
    private final EventLoop loop;
    private final Link link;
    private final Set<BiConsumer<ConnectionStatus, @Nullable String>> watchers = new LinkedHashSet<>();
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>();
    private final Map<Integer, InFlight> inFlight = new HashMap<>();
    private volatile CompletableFuture<@Nullable Void> attempt = new CompletableFuture<>();
    private Greeting greeting = new Greeting(false, 1, 2, Long.MAX_VALUE, true, -1);
    private ConnectionStatus status = ConnectionStatus.CONNECTING;
    private String reason = "";
    private int lastPacketId;

    Publisher(ClientOptions options, String clientId, MqttThreads.Lease threads) {
        this.options = options;
        this.loop = threads.eventLoop();
        this.link = new Link(options, clientId, threads, loop, this);
        loop.execute(link::open);
    }

    private record InFlight(Delivery delivery, Outbound message) {}

    /** Tells the watcher how the connection is, now and whenever it changes. Any thread. */
    void watch(BiConsumer<ConnectionStatus, @Nullable String> watcher) {
        loop.execute(() -> {
            watchers.add(watcher);
            watcher.accept(status, reason.isEmpty() ? null : reason);
        });
    }

    /** Any thread. */
    void forget(BiConsumer<ConnectionStatus, @Nullable String> watcher) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> watchers.remove(watcher));
        }
    }

    /** Sends the messages, after those of earlier deliveries. Any thread. */
    void send(List<Outbound> messages) throws IOException, RejectedRowsException, InterruptedException {
        Delivery delivery = new Delivery(messages);
        loop.execute(() -> {
            queue.add(delivery);
            link.hurry();
            pump();
        });
        delivery.await();
    }

    /** Throws unless the broker is there, after an attempt to connect if one is due. Any thread. */
    void check() throws IOException, InterruptedException {
        try {
            attempt.get(CHECK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw Delivery.failure(e);
        } catch (TimeoutException e) {
            throw new IOException("broker '" + options.address() + "' does not answer", e);
        }
    }

    /** Disconnects for good; the result completes when that is done. Any thread. */
    CompletableFuture<@Nullable Void> close() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            link.close(true, done);
            fail("the connection is closed");
        });
        return done;
    }

    private void pump() {
        if (!link.isConnected()) {
            return;
        }
        boolean written = false;
        while (!queue.isEmpty() && link.isWritable()) {
            Delivery delivery = queue.element();
            Outbound message = delivery.peek();
            if (message == null) {
                queue.remove();
                continue;
            }
            if (message.qos() > 0 && inFlight.size() >= greeting.receiveMaximum()) {
                break;
            }
            delivery.advance();
            String refusal = refusal(message);
            if (refusal == null) {
                publish(delivery, message);
                written = true;
            } else {
                delivery.refused(message, refusal);
            }
        }
        if (written) {
            link.flush();
        }
    }

    private @Nullable String refusal(Outbound message) {
        if (message.qos() > greeting.maximumQos()) {
            return "the broker takes QoS " + greeting.maximumQos() + " at most; check property 'qos'";
        }
        if (message.retained() && !greeting.retains()) {
            return "the broker does not retain messages; check property 'retained'";
        }
        // header, lengths, packet id and properties take far less than this
        long size = message.payload().length + message.topic().length() * 3L + 64;
        if (size > greeting.maximumPacketSize()) {
            return "the broker takes packets of " + greeting.maximumPacketSize() + " bytes at most, not " + size;
        }
        return null;
    }

    private void publish(Delivery delivery, Outbound message) {
        MqttMessageBuilders.PublishBuilder publish = MqttMessageBuilders.publish()
                .topicName(message.topic())
                .payload(Unpooled.wrappedBuffer(message.payload()))
                .retained(message.retained())
                .qos(MqttQoS.valueOf(message.qos()));
        if (message.qos() > 0) {
            int packetId = nextPacketId();
            inFlight.put(packetId, new InFlight(delivery, message));
            publish.messageId(packetId);
        }
        if (options.isVersion5() && !message.userProperties().isEmpty()) {
            UserProperties user = new UserProperties();
            message.userProperties().forEach(user::add);
            MqttProperties properties = new MqttProperties();
            properties.add(user);
            publish.properties(properties);
        }
        if (message.qos() > 0) {
            link.write(publish.build());
            return;
        }
        link.write(publish.build(), written -> {
            if (written.isSuccess()) {
                delivery.delivered(1);
            } else {
                delivery.failed(reason.isEmpty() ? "the connection is lost" : reason);
            }
        });
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % MOST_PACKET_ID + 1;
        } while (inFlight.containsKey(lastPacketId));
        return lastPacketId;
    }

    @Override
    public void published(PublishReader message) {
        // it has subscribed to nothing
    }

    @Override
    public void received(MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBACK, PUBCOMP -> completed(message);
            case PUBREC -> arrived(message);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void completed(MqttMessage message) {
        InFlight flight = inFlight.remove(Packets.packetId(message));
        if (flight == null) {
            return;
        }
        int code = Packets.reason(message);
        if (code < Reasons.FAILURE) {
            flight.delivery().delivered(1);
        } else {
            refused(flight, code);
        }
    }

    /** The broker has a message of QoS 2; it may now forget the packet id. */
    private void arrived(MqttMessage message) {
        int packetId = Packets.packetId(message);
        int code = Packets.reason(message);
        if (code >= Reasons.FAILURE) {
            InFlight flight = inFlight.remove(packetId);
            if (flight != null) {
                refused(flight, code);
            }
            return;
        }
        ByteBuf out = link.buffers().buffer(Packets.ACKNOWLEDGEMENT_LENGTH);
        Packets.writeRelease(out, packetId);
        link.write(out);
    }

    private void refused(InFlight flight, int code) {
        if (Reasons.passes(code)) {
            flight.delivery()
                    .failed("broker '" + options.address() + "' refuses a message for now: " + Reasons.of(code));
        } else {
            flight.delivery().refused(flight.message(), Reasons.of(code));
        }
    }

    @Override
    public void readComplete() {
        link.flush();
        pump();
    }

    @Override
    public void writable() {
        pump();
    }

    @Override
    public void connecting() {
        if (attempt.isDone()) {
            attempt = new CompletableFuture<>();
        }
        tell(ConnectionStatus.CONNECTING, "connecting to '" + options.address() + "'");
    }

    @Override
    public void connected(Greeting welcome) {
        greeting = welcome;
        tell(ConnectionStatus.CONNECTED, "");
        attempt.complete(null);
        pump();
    }

    @Override
    public void disconnected(String why) {
        tell(ConnectionStatus.DISCONNECTED, why);
        if (attempt.isDone()) {
            attempt = new CompletableFuture<>();
        }
        attempt.completeExceptionally(new IOException(why));
        fail(why);
    }

    private void tell(ConnectionStatus now, String why) {
        status = now;
        reason = why;
        watchers.forEach(watcher -> watcher.accept(now, why.isEmpty() ? null : why));
    }

    private void fail(String why) {
        inFlight.values().forEach(flight -> flight.delivery().failed(why));
        inFlight.clear();
        queue.forEach(delivery -> delivery.failed(why));
        queue.clear();
    }
}
