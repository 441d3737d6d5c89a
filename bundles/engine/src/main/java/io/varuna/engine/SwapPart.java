package io.varuna.engine;

import io.varuna.engine.watch.Busy;
import java.time.Duration;
import java.util.Optional;

/** Something of a rule that is exchanged. */
interface SwapPart {
    String name();

    /** Exchanges it; returns for how long it stood still, in nanoseconds. If it throws, nothing has changed. */
    long move() throws Exception;

    void back();

    void settle();

    Optional<String> trouble();

    /** Tells whether a batch is under way that began more than {@code since} ago. */
    boolean tries(Duration since);

    /** Returns who has been at the same batch for longer than {@code budget}, unless the part itself sees to that. */
    Optional<Busy.Overrun> hanging(Duration budget);

    /** Returns how long it may take for a batch; {@code called} for what the steps of the rule call. */
    default Duration limit(Duration called) {
        return called;
    }

    /** Interrupts who is at a batch. */
    void nudge(Busy.Overrun overrun);

    /** Goes on without who is at a batch; tells whether the rule does so, too. */
    boolean giveUp(Exception cause);
}
