package io.varuna.plugin.mqtt;

import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;

/**
 * What the broker says when it accepts a connection.
 *
 * @param sessionPresent whether it knows the client from before
 * @param receiveMaximum how many messages of QoS 1 and 2 it takes before it has acknowledged the first of them
 * @param maximumQos the highest QoS that it takes
 * @param maximumPacketSize in bytes
 * @param retains whether it takes messages to retain
 * @param keepAlive in seconds, if it wants another one than asked for, or -1
 */
record Greeting(
        boolean sessionPresent,
        int receiveMaximum,
        int maximumQos,
        long maximumPacketSize,
        boolean retains,
        int keepAlive) {
    /** What a broker of MQTT 3, which does not say, is expected to bear. */
    private static final int MODERATE_WINDOW = 256;

    static Greeting of(MqttConnAckVariableHeader header, boolean version5) {
        MqttProperties properties = header.properties();
        long window = Packets.number(properties, MqttProperties.RECEIVE_MAXIMUM, version5 ? 65_535 : MODERATE_WINDOW);
        return new Greeting(
                header.isSessionPresent(),
                (int) Math.min(window, 1024),
                (int) Packets.number(properties, MqttProperties.MAXIMUM_QOS, 2),
                Packets.number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, 268_435_455),
                Packets.number(properties, MqttProperties.RETAIN_AVAILABLE, 1) == 1,
                (int) Packets.number(properties, MqttProperties.SERVER_KEEP_ALIVE, -1));
    }
}
