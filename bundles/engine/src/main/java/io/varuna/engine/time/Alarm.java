package io.varuna.engine.time;

/** Something that was scheduled. */
@FunctionalInterface
public interface Alarm {
    /** Prevents what was scheduled, unless it has begun. */
    void cancel();
}
