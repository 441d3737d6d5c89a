package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.varuna.api.plugin.ConnectionStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client has subscribed to, and how it asks the broker for it. Used on the event loop. */
final class Groups {
    /** Some brokers allow no more filters in a packet. */
    private static final int FILTERS_PER_PACKET = 8;

    private static final long JOIN_MILLIS = 200;
    private static final long RETAINED_MILLIS = 5_000;
    private static final int MOST_PACKET_ID = 65_535;

    private final ClientOptions options;
    private final EventLoop loop;
    private final Link link;
    private final FilterTree<Group> tree = new FilterTree<>();
    private final Map<Group.Key, Group> groups = new LinkedHashMap<>();
    private final Map<Integer, Question> questions = new HashMap<>();
    private int lastPacketId;

    Groups(ClientOptions options, EventLoop loop, Link link) {
        this.options = options;
        this.loop = loop;
        this.link = link;
    }

    /** What a SUBSCRIBE packet has asked for. */
    private record Question(Group group, int number, List<TopicFilter> filters) {}

    /** Returns those who want the very same, if there are any. */
    @Nullable
    Group find(Subscription.Request request) {
        return groups.get(Group.Key.of(request));
    }

    /** Begins a group; null if a filter overlaps one of another group. */
    @Nullable
    Group begin(Subscription.Request request) {
        Group group = new Group(request.filters(), request.qos());
        if (!tree.add(request.filters(), group)) {
            return null;
        }
        groups.put(group.key(), group);
        return group;
    }

    /** Ends a group if it has no members any more; tells whether it did. */
    boolean endIfEmpty(Group group) {
        if (!group.isEmpty() || !groups.values().remove(group)) {
            return false;
        }
        tree.remove(group.filters());
        return true;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Returns who has subscribed to a topic. */
    @Nullable
    Group match(String topic) {
        return tree.match(topic);
    }

    /** Tells all members of all groups how the connection is. */
    void status(ConnectionStatus status, @Nullable String message) {
        groups.values().forEach(group -> group.status(status, message));
    }

    /** The broker has welcomed us: asks for what it does not know, or has forgotten. */
    void askAll(boolean sessionPresent) {
        questions.clear();
        for (Group group : groups.values()) {
            if (sessionPresent && group.isEstablished()) {
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

    /** The connection is lost, and with it what was asked. */
    void lost() {
        groups.values().forEach(Group::lost);
    }

    /** Asks for the group, which the broker does not know yet. */
    void ask(Group group) {
        ask(group, true);
        link.flush();
    }

    /** Asks once more a little later, so that those who join get the retained messages; many may join at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    void askAgain(Group group) {
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

    /** Tells the broker that nobody wants the topics of a group any more, unless another one has begun with them. */
    void unsubscribe(Group group) {
        if (link.isConnected() && group.isEmpty() && !groups.containsKey(group.key())) {
            link.write(Packets.unsubscribe(nextPacketId(), group.filters()));
        }
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % MOST_PACKET_ID + 1;
        } while (questions.containsKey(lastPacketId));
        return lastPacketId;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    void answered(MqttSubAckMessage message) {
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
}
