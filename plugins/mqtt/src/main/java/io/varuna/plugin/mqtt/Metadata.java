package io.varuna.plugin.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code meta()} shows of a message of QoS 1 or 2: a map that is there only when somebody looks. Immutable. */
final class Metadata extends AbstractMap<String, @Nullable Object> {
    private final String topic;
    private final int qos;
    private final int packetId;

    /** Returns the metadata of a message, with its user properties if it has any. */
    static Map<String, @Nullable Object> of(
            String topic, int qos, int packetId, @Nullable Map<String, Object> properties) {
        if (properties == null) {
            return Map.of("topic", topic, "qos", (long) qos, "messageId", (long) packetId);
        }
        return Map.of("topic", topic, "qos", (long) qos, "messageId", (long) packetId, "properties", properties);
    }

    /** Returns the metadata of a message, with its user properties. */
    static Map<String, @Nullable Object> of(Routes.Route route, MqttPublishMessage message) {
        int qos = message.fixedHeader().qosLevel().value();
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
        return of(route.topic(), qos, message.variableHeader().packetId(), user);
    }

    Metadata(String topic, int qos, int packetId) {
        this.topic = topic;
        this.qos = qos;
        this.packetId = packetId;
    }

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? value(name) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && value(name) != null;
    }

    private @Nullable Object value(String name) {
        return switch (name) {
            case "topic" -> topic;
            case "qos" -> (long) qos;
            case "messageId" -> (long) packetId;
            default -> null;
        };
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return of(topic, qos, packetId, null).entrySet();
    }
}
