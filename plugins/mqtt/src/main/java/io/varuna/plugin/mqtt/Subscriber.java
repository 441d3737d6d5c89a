package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.util.ReferenceCountUtil;
import io.varuna.api.plugin.ConnectionStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads: it sends the messages of the broker on to the subscriptions and acknowledges them, in the order in
 * which they came, once the rules say that they are safe. Everything happens on its event loop unless it says otherwise.
 */
final class Subscriber implements Link.Listener, Inbox.Supplier {
    /** Some brokers allow no more filters in a packet. */
    private static final int FILTERS_PER_PACKET = 8;

    private static final long JOIN_MILLIS = 200;
    private static final long RETAINED_MILLIS = 5_000;
    private static final int REMEMBERED_TOPICS = 1024;
    private static final int MOST_PACKET_ID = 65_535;

    private final ClientOptions options;
    private final MqttThreads.Lease threads;
    private final EventLoop loop;
    private final Link link;
    private final FilterTree<Group> tree = new FilterTree<>();
    private final Map<Group.Key, Group> groups = new LinkedHashMap<>();
    private final Unclaimed unclaimed;

    private final Map<String, Route> routes = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Route> eldest) {
            return size() > REMEMBERED_TOPICS;
        }
    };

    private final Map<Integer, Question> questions = new HashMap<>();
    private final ArrayDeque<Receipt> unanswered = new ArrayDeque<>();
    private final Map<Integer, Receipt> exactlyOnce = new HashMap<>();
    private final Set<Subscription> touched = new LinkedHashSet<>();
    private final PayloadRoom room = new PayloadRoom();
    private byte[] lastTopic = {};
    private @Nullable Route lastRoute;
    private long sequence;
    private int lastPacketId;
    private int fullInboxes;
    private boolean opened;
    private volatile String state = "not connected yet";

    Subscriber(ClientOptions options, String clientId, MqttThreads.Lease threads) {
        this.options = options;
        this.threads = threads;
        this.loop = threads.eventLoop();
        this.link = new Link(options, clientId, threads, loop, this);
        this.unclaimed = new Unclaimed(options, loop, this::acknowledge);
    }

    /** Where the messages of a topic go, with what is the same for all of them. */
    private record Route(String topic, @Nullable Group group, Map<String, @Nullable Object> metadata) {}

    /** What a SUBSCRIBE packet has asked for. */
    private record Question(Group group, int number, List<TopicFilter> filters) {}

    /**
     * Subscribes, unless a filter overlaps another one that this client has subscribed to already: then null. Any thread
     * but the event loop.
     */
    @Nullable
    Subscription subscribe(Subscription.Request request) throws InterruptedException {
        return loop.<@Nullable Subscription>submit(() -> add(request)).sync().getNow();
    }

    private @Nullable Subscription add(Subscription.Request request) {
        Group.Key key = Group.Key.of(request);
        Group group = groups.get(key);
        boolean joins = group != null;
        if (group == null) {
            group = new Group(request.filters(), request.qos());
            if (!tree.add(request.filters(), group)) {
                return null;
            }
            groups.put(key, group);
            forgetRoutes();
        }
        Subscription subscription = new Subscription(request, group, this, loop, threads.workers());
        group.add(subscription);
        unclaimed.claim(tree::match, this::handOn);
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
            askAgain(group);
        } else {
            subscription.status(ConnectionStatus.CONNECTING, null);
            ask(group, true);
            link.flush();
        }
        return subscription;
    }

    /** Asks once more a little later, so that those who join get the retained messages; many may join at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    private void askAgain(Group group) {
        loop.schedule(
                () -> {
                    if (!link.isConnected() || group.isEmpty() || !group.hasNewcomers()) {
                        return;
                    }
                    if (group.isAsking()) {
                        askAgain(group);
                    } else {
                        ask(group, false);
                        link.flush();
                    }
                },
                JOIN_MILLIS,
                TimeUnit.MILLISECONDS);
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
        touched.remove(subscription);
        if (group.isEmpty() && groups.values().remove(group)) {
            tree.remove(group.filters());
            forgetRoutes();
        }
    }

    private void remove(Subscription subscription) {
        if (isLeavingSession()) {
            return;
        }
        Group group = subscription.group();
        if (link.isConnected() && group.isEmpty() && !groups.containsKey(group.key())) {
            link.write(Packets.unsubscribe(nextPacketId(), group.filters()));
        }
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
        groups.values().forEach(group -> group.status(ConnectionStatus.CONNECTING, state));
    }

    @Override
    public void connected(Greeting greeting) {
        state = "";
        questions.clear();
        unanswered.clear();
        if (!greeting.sessionPresent()) {
            exactlyOnce.clear();
        }
        if (greeting.sessionPresent()) {
            unclaimed.expect();
        }
        for (Group group : groups.values()) {
            if (greeting.sessionPresent() && group.isEstablished()) {
                group.status(ConnectionStatus.CONNECTED, null);
                if (group.hasNewcomers()) {
                    ask(group, false);
                }
            } else {
                ask(group, true);
            }
        }
        link.flush();
    }

    private void ask(Group group, boolean forAll) {
        List<TopicFilter> filters = group.filters();
        boolean retainedAgain = !forAll;
        int number = group.asked((filters.size() + FILTERS_PER_PACKET - 1) / FILTERS_PER_PACKET, forAll);
        for (int i = 0; i < filters.size(); i += FILTERS_PER_PACKET) {
            List<TopicFilter> part = filters.subList(i, Math.min(filters.size(), i + FILTERS_PER_PACKET));
            int packetId = nextPacketId();
            questions.put(packetId, new Question(group, number, part));
            link.write(Packets.subscribe(options, packetId, part, group.qos(), retainedAgain));
        }
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % MOST_PACKET_ID + 1;
        } while (questions.containsKey(lastPacketId));
        return lastPacketId;
    }

    @Override
    public void received(MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> published((MqttPublishMessage) message);
            case PUBREL -> released(Packets.packetId(message));
            case SUBACK -> answered((MqttSubAckMessage) message);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void published(MqttPublishMessage message) {
        int qos = message.fixedHeader().qosLevel().value();
        int packetId = message.variableHeader().packetId();
        Receipt known = qos == 2 ? exactlyOnce.get(packetId) : null;
        if (known != null) {
            // sent again after a reconnection: the rules have it, only the acknowledgement was lost or is still due
            message.release();
            unanswered.add(known);
            acknowledge();
            return;
        }
        Route route = routes.computeIfAbsent(message.variableHeader().topicName(), this::route);
        ByteBuf payload = message.payload();
        int length = payload.readableBytes();
        int offset = room.take(length);
        payload.getBytes(payload.readerIndex(), room.bytes(), offset, length);
        message.release();
        arrived(
                route,
                message.fixedHeader().isRetain(),
                new Inbound(
                        room.bytes(), offset, length, metadata(route, message, qos, packetId), receipt(qos, packetId)));
    }

    @Override
    public void published(PublishReader message) {
        int qos = message.qos();
        Route route = lastRoute;
        if (route == null || !message.hasTopic(lastTopic)) {
            route = routes.computeIfAbsent(message.topic(), this::route);
            lastRoute = route;
            lastTopic = route.topic().getBytes(StandardCharsets.UTF_8);
        }
        int offset = room.take(message.length());
        message.copyPayload(room.bytes(), offset);
        arrived(
                route,
                message.isRetained(),
                new Inbound(
                        room.bytes(),
                        offset,
                        message.length(),
                        qos == 0 ? route.metadata() : new Metadata(route.topic(), qos, message.packetId()),
                        receipt(qos, message.packetId())));
    }

    private void forgetRoutes() {
        routes.clear();
        lastRoute = null;
    }

    private @Nullable Receipt receipt(int qos, int packetId) {
        if (qos == 0) {
            return null;
        }
        Receipt receipt = new Receipt(qos, packetId, ++sequence);
        unanswered.add(receipt);
        if (qos == 2) {
            exactlyOnce.put(packetId, receipt);
        }
        return receipt;
    }

    private void arrived(Route route, boolean retained, Inbound message) {
        Group group = route.group();
        Receipt receipt = message.receipt();
        if (group != null) {
            handOn(group.receivers(retained), message);
            return;
        }
        // what a session is left with is not acknowledged, so that the broker has it for the next start
        if (receipt != null && !isLeavingSession() && !unclaimed.keep(route.topic(), message)) {
            receipt.settle();
            acknowledge();
        }
    }

    private void handOn(Group group, Inbound message) {
        handOn(group.receivers(false), message);
    }

    private void handOn(List<Subscription> receivers, Inbound message) {
        Receipt receipt = message.receipt();
        if (receipt != null) {
            receipt.share(receivers.size());
        }
        for (Subscription receiver : receivers) {
            if (!receiver.hasArrived()) {
                touched.add(receiver);
            }
            receiver.arrive(message);
        }
    }

    private Route route(String topic) {
        return new Route(topic, tree.match(topic), metadata(topic, 0, 0, null));
    }

    private static Map<String, @Nullable Object> metadata(
            Route route, MqttPublishMessage message, int qos, int packetId) {
        MqttProperty<?> property = message.variableHeader().properties().getProperty(MqttProperties.USER_PROPERTY);
        if (qos == 0 && property == null) {
            return route.metadata();
        }
        Map<String, Object> user = null;
        if (property instanceof UserProperties pairs) {
            user = new LinkedHashMap<>();
            for (StringPair pair : pairs.value()) {
                user.put(pair.key, pair.value);
            }
        }
        return metadata(message.variableHeader().topicName(), qos, packetId, user);
    }

    private static Map<String, @Nullable Object> metadata(
            String topic, int qos, int packetId, @Nullable Map<String, Object> user) {
        if (user == null) {
            return Map.of("topic", topic, "qos", (long) qos, "messageId", (long) packetId);
        }
        return Map.of("topic", topic, "qos", (long) qos, "messageId", (long) packetId, "properties", user);
    }

    @Override
    public void readComplete() {
        for (Subscription subscription : touched) {
            if (subscription.hasArrived()) {
                subscription.handOver();
            }
        }
        touched.clear();
    }

    /** Acknowledges what is settled, up to the first message that is not: the order of the messages is the law. */
    void acknowledge() {
        ByteBuf out = null;
        while (!unanswered.isEmpty() && unanswered.element().isSettled()) {
            Receipt receipt = unanswered.remove();
            out = out == null ? link.buffers().buffer(16 * Packets.ACKNOWLEDGEMENT_LENGTH) : out;
            Packets.writeReceived(out, receipt.qos, receipt.packetId);
        }
        if (out != null) {
            send(out);
        }
    }

    private void released(int packetId) {
        exactlyOnce.remove(packetId);
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

    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    private void answered(MqttSubAckMessage message) {
        Question question = questions.remove(message.variableHeader().messageId());
        if (question == null) {
            return;
        }
        String refusal = null;
        List<Integer> codes = message.payload().reasonCodes();
        for (int i = 0; i < codes.size() && i < question.filters().size(); i++) {
            if (codes.get(i) >= Reasons.FAILURE) {
                refusal = "broker '" + options.address() + "' refuses the subscription to '"
                        + question.filters().get(i) + "': " + Reasons.of(codes.get(i));
            }
        }
        Group group = question.group();
        if (group.answered(refusal)) {
            loop.schedule(() -> group.forgetRetained(question.number()), RETAINED_MILLIS, TimeUnit.MILLISECONDS);
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
        unanswered.clear();
        unclaimed.drop();
        for (Group group : groups.values()) {
            group.lost();
            group.status(ConnectionStatus.DISCONNECTED, reason);
        }
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
