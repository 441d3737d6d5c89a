package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.util.ReferenceCountUtil;
import io.varuna.api.plugin.ConnectionStatus;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads: it sends the messages of the broker on to the subscriptions and acknowledges them, in the order in
 * which they came, once the rules say that they are safe. Everything happens on its event loop unless it says otherwise.
 */
final class Subscriber implements Link.Listener, Inbox.Supplier {
    private final ClientOptions options;
    private final MqttThreads.Lease threads;
    private final EventLoop loop;
    private final Link link;
    private final Groups groups;
    private final Routes routes;
    private final Unclaimed unclaimed;
    private final Receipts receipts = new Receipts();
    private final Set<Group> touched = new LinkedHashSet<>();
    private final PayloadRoom room = new PayloadRoom();
    private int fullInboxes;
    private boolean opened;
    private volatile String state = "not connected yet";

    Subscriber(ClientOptions options, String clientId, MqttThreads.Lease threads) {
        this.options = options;
        this.threads = threads;
        this.loop = threads.eventLoop();
        this.link = new Link(options, clientId, threads, loop, this);
        this.groups = new Groups(options, loop, link);
        this.routes = new Routes(groups::match);
        this.unclaimed = new Unclaimed(options, loop, this::acknowledge);
    }

    /**
     * Subscribes, unless a filter overlaps another one that this client has subscribed to already: then null. Any thread
     * but the event loop.
     */
    @Nullable
    Subscription subscribe(Subscription.Request request) throws InterruptedException {
        return loop.<@Nullable Subscription>submit(() -> add(request)).sync().getNow();
    }

    private @Nullable Subscription add(Subscription.Request request) {
        Group group = groups.find(request);
        boolean joins = group != null;
        if (group == null) {
            group = groups.begin(request);
            if (group == null) {
                return null;
            }
            routes.forget();
        }
        Subscription subscription = new Subscription(request, group, this, loop, threads.workers());
        group.add(subscription);
        unclaimed.claim(groups::match, this::handOn);
        readComplete();
        if (!opened) {
            opened = true;
            subscription.status(ConnectionStatus.CONNECTING, null);
            link.open();
        } else if (!link.isConnected()) {
            subscription.status(
                    link.isConnecting() ? ConnectionStatus.CONNECTING : ConnectionStatus.DISCONNECTED, state);
        } else if (joins) {
            subscription.status(group.isEstablished() ? ConnectionStatus.CONNECTED : ConnectionStatus.CONNECTING, null);
            groups.askAgain(group);
        } else {
            subscription.status(ConnectionStatus.CONNECTING, null);
            groups.ask(group);
        }
        return subscription;
    }

    /** Ends the subscription; returns when nothing is emitted for it any more. Any thread but the event loop. */
    void unsubscribe(Subscription subscription) throws InterruptedException {
        loop.submit(() -> silence(subscription)).sync();
        subscription.closeInbox();
        loop.submit(() -> remove(subscription)).sync();
    }

    private void silence(Subscription subscription) {
        Group group = subscription.group();
        group.remove(subscription);
        if (groups.endIfEmpty(group)) {
            routes.forget();
        }
    }

    private void remove(Subscription subscription) {
        if (isLeavingSession()) {
            return;
        }
        groups.unsubscribe(subscription.group());
        subscription.abandon();
        acknowledge();
        link.flush();
    }

    /** A session that lasts goes on collecting for the next start, unless others would be handed its messages. */
    private boolean isLeavingSession() {
        return groups.isEmpty() && options.isLasting();
    }

    /** Tells whether nobody subscribes through this client any more. Any thread but the event loop. */
    boolean isIdle() throws InterruptedException {
        return loop.submit(groups::isEmpty).sync().getNow();
    }

    /** Disconnects for good; the result completes when that is done. Any thread. */
    CompletableFuture<@Nullable Void> close() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            unclaimed.drop();
            link.close(!options.isLasting(), done);
        });
        return done;
    }

    /** Returns null if the client is connected, or else why it is not. Any thread. */
    @Nullable
    String problem() {
        return state.isEmpty() ? null : state;
    }

    @Override
    public void connecting() {
        state = "connecting to '" + options.address() + "'";
        groups.status(ConnectionStatus.CONNECTING, state);
    }

    @Override
    public void connected(Greeting greeting) {
        state = "";
        if (greeting.sessionPresent()) {
            unclaimed.expect();
        } else {
            receipts.forgetSession();
        }
        groups.askAll(greeting.sessionPresent());
        // of what a hasty broker has sent before it welcomed us
        acknowledge();
    }

    @Override
    public void received(MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> published((MqttPublishMessage) message);
            case PUBREL -> released(Packets.packetId(message));
            case SUBACK -> groups.answered((MqttSubAckMessage) message);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void published(MqttPublishMessage message) {
        int qos = message.fixedHeader().qosLevel().value();
        int packetId = message.variableHeader().packetId();
        if (qos == 2 && receipts.addAgain(packetId)) {
            message.release();
            acknowledge();
            return;
        }
        Routes.Route route = routes.of(message.variableHeader().topicName());
        ByteBuf payload = message.payload();
        int length = payload.readableBytes();
        int offset = room.take(length);
        payload.getBytes(payload.readerIndex(), room.shelf().bytes(), offset, length);
        message.release();
        boolean retained = message.fixedHeader().isRetain();
        arrived(route, retained, qos, packetId, offset, length, Metadata.of(route, message));
    }

    @Override
    public void published(PublishReader message) {
        Routes.Route route = routes.of(message);
        int qos = message.qos();
        int offset = room.take(message.length());
        message.copyPayload(room.shelf().bytes(), offset);
        Map<String, @Nullable Object> metadata =
                qos == 0 ? route.metadata() : new Metadata(route.topic(), qos, message.packetId());
        arrived(route, message.isRetained(), qos, message.packetId(), offset, message.length(), metadata);
    }

    /** A message has come, whose payload is in the room. */
    private void arrived(
            Routes.Route route,
            boolean retained,
            int qos,
            int packetId,
            int offset,
            int length,
            Map<String, @Nullable Object> metadata) {
        Group group = route.group();
        Recipients to = group == null ? Recipients.unknown() : group.recipients(retained);
        long sequence = qos == 0 ? 0 : receipts.add(qos, packetId, to);
        if (group != null) {
            if (!group.hasArrived()) {
                touched.add(group);
            }
            group.parcel(to, room.shelf()).add(offset, length, metadata, sequence);
            return;
        }
        // what a session is left with is not acknowledged, so that the broker has it for the next start
        room.shelf().retain(1);
        Inbound message = new Inbound(room.shelf(), offset, length, metadata, sequence, to);
        if (!isLeavingSession() && !unclaimed.keep(route.topic(), message)) {
            to.become(Recipients.NOBODY);
            acknowledge();
        }
    }

    /** Somebody has subscribed to what was not claimed before. */
    private void handOn(Group group, Inbound message) {
        message.to().become(group.recipients(false));
        touched.add(group);
        group.parcel(group.recipients(false), message.shelf())
                .add(message.offset(), message.length(), message.metadata(), message.sequence());
    }

    @Override
    public void readComplete() {
        touched.forEach(Group::handOver);
        touched.clear();
    }

    /** Acknowledges what is safe, in one go, as soon as there is a connection. */
    void acknowledge() {
        int count = link.isConnected() ? receipts.settled() : 0;
        if (count > 0) {
            ByteBuf out = link.buffers().buffer(count * Packets.ACKNOWLEDGEMENT_LENGTH);
            receipts.acknowledge(count, out);
            send(out);
        }
    }

    private void released(int packetId) {
        receipts.release(packetId);
        ByteBuf out = link.buffers().buffer(Packets.ACKNOWLEDGEMENT_LENGTH);
        Packets.writeComplete(out, packetId);
        send(out);
    }

    private void send(ByteBuf out) {
        if (link.isConnected()) {
            link.write(out);
            link.flush();
        } else {
            out.release();
        }
    }

    @Override
    public void writable() {
        // what a subscriber writes is small, and netty keeps it
    }

    @Override
    public void disconnected(String reason) {
        state = reason;
        readComplete();
        receipts.clear();
        unclaimed.drop();
        groups.lost();
        groups.status(ConnectionStatus.DISCONNECTED, reason);
    }

    @Override
    public void inboxFull() {
        fullInboxes++;
        link.setReading(false);
    }

    @Override
    public void inboxDrained() {
        fullInboxes--;
        link.setReading(fullInboxes == 0);
    }
}
