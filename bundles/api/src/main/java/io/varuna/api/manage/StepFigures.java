package io.varuna.api.manage;

import io.varuna.api.plugin.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one step of a rule, since it was started.
 *
 * @param step such as {@code source_demo_0}: what it is, its name, and the number of the instance
 * @param latencyMicros how long the last call took, in microseconds
 * @param bufferLength how many records wait before it
 * @param connection how it gets on with the system at the other end; null if there is none
 */
public record StepFigures(
        String step,
        long recordsIn,
        long recordsOut,
        long processed,
        long exceptions,
        long latencyMicros,
        long bufferLength,
        @Nullable ConnectionStatus connection) {}
