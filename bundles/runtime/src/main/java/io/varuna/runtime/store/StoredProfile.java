package io.varuna.runtime.store;

/**
 * A profile as it is kept.
 *
 * @param plugin that brought it
 * @param properties a JSON object
 */
public record StoredProfile(String kind, String type, String name, String plugin, String properties) {}
