package io.varuna.plugin.mqtt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that nobody has subscribed to yet.
 *
 * @param shelf has the payload, among those of other messages
 * @param sequence its number; 0 for QoS 0
 * @param to whom it will go to
 */
record Inbound(
        PayloadRoom.Shelf shelf,
        int offset,
        int length,
        Map<String, @Nullable Object> metadata,
        long sequence,
        Recipients to) {}
