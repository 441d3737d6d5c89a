package io.varuna.plugin.mqtt;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code meta()} shows of a message of QoS 1 or 2: a map that is there only when somebody looks. Immutable. */
final class Metadata extends AbstractMap<String, @Nullable Object> {
    private final String topic;
    private final int qos;
    private final int packetId;

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
    @SuppressWarnings("NullAway") // no value is null
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return Map.<String, Object>of("topic", topic, "qos", (long) qos, "messageId", (long) packetId)
                .entrySet();
    }
}
