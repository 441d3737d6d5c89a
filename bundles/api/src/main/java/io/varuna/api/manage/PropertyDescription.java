package io.varuna.api.manage;

/**
 * A property that a plugin takes.
 *
 * @param type such as {@code string}, {@code long}, {@code boolean}, or one of these with {@code []}
 * @param defaultValue as text; empty if there is none
 */
public record PropertyDescription(
        String name, String type, boolean required, String defaultValue, String description) {}
