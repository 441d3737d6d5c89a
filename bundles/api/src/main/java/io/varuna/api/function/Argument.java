package io.varuna.api.function;

import io.varuna.api.data.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an argument when a statement is compiled.
 *
 * @param type ANY where only the data will tell
 * @param literal whether it is a constant
 * @param value the constant, otherwise null
 * @param text as written
 */
public record Argument(DataType type, boolean literal, @Nullable Object value, String text) {}
