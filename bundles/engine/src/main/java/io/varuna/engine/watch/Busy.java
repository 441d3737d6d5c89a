package io.varuna.engine.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Since when a thread is at work that may be a plugin's. Noted once for a batch, never for a record: two writes that no other
 * processor has to see at once, and a look at the system's nano clock.
 */
public final class Busy {
    /** No time of the nano clock, as far as anybody can tell. */
    private static final long IDLE = 0;

    private final AtomicLong since = new AtomicLong(IDLE);
    private volatile @Nullable Thread thread;

    /** Where a thread has been for too long, as far as its stack tells. */
    public record Overrun(Thread thread, Duration time, String place) {}

    /** Begins work, or goes on with the next piece of it. One thread at a time. */
    @SuppressWarnings("ReferenceEquality") // threads have no other
    public void begin() {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current;
        }
        since.lazySet(System.nanoTime() | 1);
    }

    public void end() {
        since.lazySet(IDLE);
    }

    /** Tells whether somebody is at work. */
    public boolean isAtWork() {
        return since.get() != IDLE;
    }

    /** Returns who has been at work for longer than {@code budget}. May be called from any thread. */
    public Optional<Overrun> overrun(long now, Duration budget) {
        long began = since.get();
        Thread worker = thread;
        if (began == IDLE || worker == null || now - began <= budget.toNanos()) {
            return Optional.empty();
        }
        Overrun overrun = new Overrun(worker, Duration.ofNanos(now - began), place(worker.getStackTrace()));
        // it may have ended meanwhile, and the stack be that of something else
        return since.get() == began ? Optional.of(overrun) : Optional.empty();
    }

    /** Returns the innermost frame that is neither the engine's nor the platform's. */
    private static String place(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            boolean platform = name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
            if (!platform && !name.startsWith("io.varuna.engine.")) {
                return frame.getClassName() + "." + frame.getMethodName() + ", line " + frame.getLineNumber();
            }
        }
        return "";
    }
}
