package io.varuna.engine;

import java.util.List;

/**
 * What a rule that is paused goes on from.
 *
 * @param checkpoint as the store keeps it
 * @param sequences the last batch of each source that the checkpoint counts
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Kept(byte[] checkpoint, List<Long> sequences) {}
