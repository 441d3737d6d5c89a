package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The packets that a client sends. */
final class Packets {
    static final MqttMessage PING =
            new MqttMessage(new MqttFixedHeader(MqttMessageType.PINGREQ, false, MqttQoS.AT_MOST_ONCE, false, 0));

    /** Acknowledgements on the wire: type and flags, two bytes to follow, packet id. */
    static final int ACKNOWLEDGEMENT_LENGTH = 4;

    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBREL = 0x62;
    private static final int PUBCOMP = 0x70;

    /** Messages of QoS 1 and 2 that the broker may send before the first of them is acknowledged, with MQTT 5. */
    private static final int RECEIVE_MAXIMUM = 1024;

    private Packets() {}

    static MqttMessage connect(ClientOptions options, String clientId, boolean clean) {
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(options.version())
                .clientId(clientId)
                .cleanSession(clean)
                .keepAlive(options.keepAlive());
        if (!options.username().isEmpty()) {
            connect.username(options.username());
        }
        if (!options.password().isEmpty()) {
            connect.password(options.password().getBytes(StandardCharsets.UTF_8));
        }
        if (options.isVersion5()) {
            MqttProperties properties = new MqttProperties();
            properties.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, RECEIVE_MAXIMUM));
            properties.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, options.maximumPacketSize()));
            if (options.session()) {
                properties.add(
                        new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, (int) options.expirySeconds()));
            }
            connect.properties(properties);
        }
        return connect.build();
    }

    /** Takes leave; {@code endSession} tells a broker of MQTT 5 to forget the session. */
    static MqttMessage disconnect(ClientOptions options, boolean endSession) {
        if (options.isVersion5() && endSession) {
            MqttProperties properties = new MqttProperties();
            properties.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));
            return MqttMessageBuilders.disconnect()
                    .reasonCode((byte) 0)
                    .properties(properties)
                    .build();
        }
        return new MqttMessage(new MqttFixedHeader(MqttMessageType.DISCONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0));
    }

    /** Subscribes; {@code retainedAgain} asks for the retained messages even if the broker has sent them before. */
    static MqttMessage subscribe(
            ClientOptions options, int packetId, List<TopicFilter> filters, int qos, boolean retainedAgain) {
        MqttMessageBuilders.SubscribeBuilder subscribe =
                MqttMessageBuilders.subscribe().messageId(packetId);
        // a session that goes on must not bring them by itself
        RetainedHandlingPolicy retained = retainedAgain
                ? RetainedHandlingPolicy.SEND_AT_SUBSCRIBE
                : RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS;
        for (TopicFilter filter : filters) {
            if (options.isVersion5()) {
                subscribe.addSubscription(
                        filter.text(), new MqttSubscriptionOption(MqttQoS.valueOf(qos), false, false, retained));
            } else {
                subscribe.addSubscription(MqttQoS.valueOf(qos), filter.text());
            }
        }
        return subscribe.build();
    }

    static MqttMessage unsubscribe(int packetId, List<TopicFilter> filters) {
        MqttMessageBuilders.UnsubscribeBuilder unsubscribe =
                MqttMessageBuilders.unsubscribe().messageId(packetId);
        filters.forEach(filter -> unsubscribe.addTopicFilter(filter.text()));
        return unsubscribe.build();
    }

    /** Says that a message has arrived for good: PUBACK for QoS 1, PUBREC for QoS 2. */
    static void writeReceived(ByteBuf out, int qos, int packetId) {
        write(out, qos == 1 ? PUBACK : PUBREC, packetId);
    }

    static void writeRelease(ByteBuf out, int packetId) {
        write(out, PUBREL, packetId);
    }

    static void writeComplete(ByteBuf out, int packetId) {
        write(out, PUBCOMP, packetId);
    }

    private static void write(ByteBuf out, int typeAndFlags, int packetId) {
        out.writeByte(typeAndFlags).writeByte(2).writeShort(packetId);
    }

    /** Returns the packet id of an acknowledgement. */
    static int packetId(MqttMessage acknowledgement) {
        return ((MqttMessageIdVariableHeader) acknowledgement.variableHeader()).messageId();
    }

    /** Returns the reason code of an acknowledgement; 0 where it has none, as in MQTT 3. */
    static int reason(MqttMessage acknowledgement) {
        return acknowledgement.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
                ? header.reasonCode() & 0xFF
                : 0;
    }

    /** Returns a number among the properties, or {@code otherwise} where it is not there. */
    static long number(MqttProperties properties, int id, long otherwise) {
        MqttProperty<?> property = properties.getProperty(id);
        return property != null && property.value() instanceof Integer number
                ? Integer.toUnsignedLong(number)
                : otherwise;
    }
}
