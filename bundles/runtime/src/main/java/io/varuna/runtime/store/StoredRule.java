package io.varuna.runtime.store;

/**
 * A rule as it is kept.
 *
 * @param document the rule in JSON
 * @param plan the compiled query; empty where it must be compiled again
 * @param fingerprint of everything that the plan was compiled from
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StoredRule(String document, byte[] plan, String fingerprint) {}
