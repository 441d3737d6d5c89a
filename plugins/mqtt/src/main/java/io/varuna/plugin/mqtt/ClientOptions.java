package io.varuna.plugin.mqtt;

import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker and what to say to it.
 *
 * @param clientId empty if a random one will do
 * @param session whether the broker is to keep the session while the client is away
 * @param expirySeconds how long it keeps it, with MQTT 5
 * @param keepAlive in seconds, 0 for never
 */
record ClientOptions(
        BrokerAddress address,
        MqttVersion version,
        String clientId,
        String username,
        String password,
        boolean session,
        long expirySeconds,
        int keepAlive,
        int maximumPacketSize,
        @Nullable SslContext tls) {

    boolean isVersion5() {
        return version == MqttVersion.MQTT_5;
    }

    /** Tells whether a later run of the program can find the session again. */
    boolean isLasting() {
        return session && !clientId.isEmpty();
    }

    /** Returns a client id for the n-th client with these options; MQTT 3.1 allows 23 characters. */
    String clientId(int number) {
        if (clientId.isEmpty()) {
            return "varuna-" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        }
        return number == 0 ? clientId : clientId + "-" + (number + 1);
    }
}
