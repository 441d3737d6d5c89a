package io.varuna.plugin.memory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way from a sink to those who read its topic. Shared by them, so nobody changes it.
 *
 * @param key the key of the row that is changed, for tables that are looked up; null to take it from the row
 */
record Published(String topic, Map<String, @Nullable Object> row, RowKind kind, @Nullable Object key) {}
