package io.varuna.plugin.mqtt;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.plugin.mqtt.Delivery.Outbound;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes messages to a broker. A write returns when the broker has acknowledged them, or, for QoS 0, they are sent. */
@Component
@PluginType("mqtt")
public final class MqttSink implements SinkFactory<MqttSink.Config> {
    private static final int LONGEST_TOPIC_BYTES = 65_535;

    /** Properties of the sink; those of {@link MqttConnectionFactory} come on top. */
    @ObjectClassDefinition(name = "MQTT sink")
    public @interface Config {
        @AttributeDefinition(description = "Topic to publish to; may have placeholders, such as devices/{{.id}}/state")
        String topic();

        @AttributeDefinition(min = "0", max = "2", description = "Quality of service: 0, 1 or 2")
        int qos() default 0;

        @AttributeDefinition(description = "Whether the broker keeps the last message of a topic for new subscribers")
        boolean retained() default false;

        @AttributeDefinition(
                description =
                        "User properties of the messages, an object from name to text; with MQTT 5 only. The texts "
                                + "may have placeholders")
        String properties() default "";
    }

    @Override
    public void validate(Config config) {
        if (config.qos() < 0 || config.qos() > 2) {
            throw InvalidProperty.of("qos", "0, 1 or 2", Integer.toString(config.qos()));
        }
        if (!isTopic(config.topic())) {
            throw InvalidProperty.of("topic", "one topic, without '+', '#' and NUL", config.topic());
        }
    }

    @Override
    public Sink open(Config config, SinkContext context) throws Exception {
        validate(config);
        Map<String, String> properties = properties(context.properties().get("properties"));
        Publisher publisher = context.connection(MqttConnection.class).publisher();
        return new Topic(config.topic(), config.qos(), config.retained(), properties, publisher, context);
    }

    private static boolean isTopic(String name) {
        return !name.isEmpty() && !name.contains("#") && !name.contains("+") && name.indexOf('\0') < 0;
    }

    private static Map<String, String> properties(@Nullable Object value) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((name, text) -> properties.put(String.valueOf(name), String.valueOf(text)));
        } else if (value != null && !value.equals("")) {
            throw InvalidProperty.of("properties", "an object from name to text", value.toString());
        }
        return properties;
    }

    private static final class Topic implements Sink {
        private final String topic;
        private final int qos;
        private final boolean retained;
        private final Map<String, String> properties;
        private final Publisher publisher;
        private final BiConsumer<ConnectionStatus, @Nullable String> watcher;

        Topic(
                String topic,
                int qos,
                boolean retained,
                Map<String, String> properties,
                Publisher publisher,
                SinkContext context) {
            this.topic = topic;
            this.qos = qos;
            this.retained = retained;
            this.properties = properties;
            this.publisher = publisher;
            this.watcher = context::status;
            publisher.watch(watcher);
        }

        @Override
        public void write(Batch batch) throws Exception {
            List<Outbound> messages = new ArrayList<>();
            Map<Integer, Exception> refused = new LinkedHashMap<>();
            int row = 0;
            for (Message message : batch.messages()) {
                int rows = message.rows().size();
                String name = message.fill(topic);
                String problem = problem(name);
                if (problem == null) {
                    messages.add(
                            new Outbound(name, bytes(message.payload()), qos, retained, filled(message), row, rows));
                } else {
                    for (int i = row; i < row + rows; i++) {
                        refused.put(i, new IllegalArgumentException(problem));
                    }
                }
                row += rows;
            }
            send(messages, refused);
            if (!refused.isEmpty()) {
                throw new RejectedRowsException(refused);
            }
        }

        private void send(List<Outbound> messages, Map<Integer, Exception> refused) throws Exception {
            if (messages.isEmpty()) {
                return;
            }
            try {
                publisher.send(messages);
            } catch (RejectedRowsException e) {
                refused.putAll(e.causes());
            }
        }

        private static @Nullable String problem(String name) {
            if (!isTopic(name)) {
                return "'" + name
                        + "' is no topic to publish to: property 'topic' gives an empty text or one with '+', '#' or NUL";
            }
            return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC_BYTES
                    ? "A topic of " + name.length() + " characters is too long"
                    : null;
        }

        private Map<String, String> filled(Message message) {
            if (properties.isEmpty()) {
                return properties;
            }
            Map<String, String> filled = new LinkedHashMap<>();
            properties.forEach((name, text) -> filled.put(name, message.fill(text)));
            return filled;
        }

        private static byte[] bytes(ByteBuffer payload) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return bytes;
        }

        @Override
        public void close() {
            publisher.forget(watcher);
        }
    }
}
