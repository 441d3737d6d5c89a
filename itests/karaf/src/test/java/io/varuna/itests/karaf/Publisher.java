package io.varuna.itests.karaf;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that publishes; what it has said is with the broker when a method returns. */
final class Publisher implements AutoCloseable {
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
            options.setMaxInflight(1_000);
            connected.setTimeToWait(30_000);
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

    /** Publishes messages one after the other with quality of service 1. */
    void publish(String topic, int from, int to, IntFunction<String> message) {
        try {
            for (int i = from; i < to; i++) {
                client.publish(topic, message.apply(i).getBytes(StandardCharsets.UTF_8), 1, false);
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
