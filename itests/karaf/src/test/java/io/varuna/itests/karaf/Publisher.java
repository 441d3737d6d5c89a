package io.varuna.itests.karaf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntFunction;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that publishes; what it has said is with the broker when a method returns. */
final class Publisher implements AutoCloseable {
    private static final int MOST_UNDER_WAY = 500;
    private static final long PATIENCE_MILLIS = 30_000;

    private final String address;
    private MqttClient client;

    Publisher(String address) {
        this.address = address;
        this.client = connect();
    }

    private MqttClient connect() {
        try {
            MqttClient connected = new MqttClient(address, MqttClient.generateClientId(), new MemoryPersistence());
            MqttConnectOptions options = new MqttConnectOptions();
            // the client counts one for a moment longer than who waits for it
            options.setMaxInflight(2 * MOST_UNDER_WAY);
            connected.setTimeToWait(PATIENCE_MILLIS);
            connected.connect(options);
            return connected;
        } catch (MqttException e) {
            throw new IllegalStateException("The broker cannot be reached", e);
        }
    }

    /** Connects again, after the broker was away. */
    void reconnect() {
        client = connect();
    }

    /** Publishes messages in their order with quality of service 1. */
    void publish(String name, int from, int to, IntFunction<String> message) {
        MqttTopic topic = client.getTopic(name);
        Queue<MqttDeliveryToken> underWay = new ArrayDeque<>();
        try {
            for (int i = from; i < to; i++) {
                if (underWay.size() == MOST_UNDER_WAY) {
                    underWay.remove().waitForCompletion(PATIENCE_MILLIS);
                }
                underWay.add(topic.publish(message.apply(i).getBytes(StandardCharsets.UTF_8), 1, false));
            }
            for (MqttDeliveryToken last : underWay) {
                last.waitForCompletion(PATIENCE_MILLIS);
            }
        } catch (MqttException e) {
            throw new IllegalStateException("A message cannot be published", e);
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close();
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
