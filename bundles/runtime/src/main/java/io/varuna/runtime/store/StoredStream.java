package io.varuna.runtime.store;

/**
 * A stream or table as it is kept.
 *
 * @param statement the CREATE statement
 * @param definition the compiled statement; empty where it must be compiled again
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StoredStream(String statement, byte[] definition) {}
