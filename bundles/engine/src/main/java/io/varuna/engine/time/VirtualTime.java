package io.varuna.engine.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A time that stands still until a test moves it. Everything runs on the threads of the test, in a fixed order: what an
 * emitted batch sets off is done when the source's {@code flush} returns, what an instant sets off when {@link #advanceTo}
 * returns. Only sources that read have threads.
 */
public final class VirtualTime implements EngineTime {
    private final Object lock = new Object();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Entry> alarms =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private Instant now;
    private long scheduled;
    private @Nullable Thread running;
    private boolean closed;

    public VirtualTime(Instant start) {
        this.now = start;
    }

    /** Moves the clock, running every alarm on the way at its time, and whatever follows from it. Not backwards. */
    public void advanceTo(Instant instant) {
        settle();
        for (Runnable alarm = next(instant); alarm != null; alarm = next(instant)) {
            alarm.run();
            settle();
        }
        synchronized (lock) {
            if (instant.isAfter(now)) {
                now = instant;
            }
        }
    }

    private @Nullable Runnable next(Instant until) {
        synchronized (lock) {
            Entry first = alarms.peek();
            if (first == null || first.due().isAfter(until)) {
                return null;
            }
            alarms.remove();
            if (first.due().isAfter(now)) {
                now = first.due();
            }
            return first.task();
        }
    }

    @Override
    public Clock clock() {
        return new Hand(ZoneOffset.UTC);
    }

    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            if (!closed) {
                tasks.add(task);
            }
        }
    }

    @Override
    public void deliver(Runnable task) {
        execute(task);
    }

    @Override
    public Alarm schedule(Instant due, Runnable task) {
        synchronized (lock) {
            Entry entry = new Entry(due, scheduled++, task);
            if (!closed) {
                alarms.add(entry);
            }
            return () -> {
                synchronized (lock) {
                    alarms.remove(entry);
                }
            };
        }
    }

    @Override
    public Alarm wake(Instant due, Runnable signal) {
        return schedule(due, signal);
    }

    @Override
    public Thread start(String name, Runnable reading) {
        Thread thread = new Thread(reading, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public void settle() {
        synchronized (lock) {
            if (running != null) {
                return;
            }
            running = Thread.currentThread();
        }
        try {
            for (Runnable task = take(); task != null; task = take()) {
                task.run();
            }
        } finally {
            synchronized (lock) {
                running = null;
            }
        }
    }

    private @Nullable Runnable take() {
        synchronized (lock) {
            return tasks.poll();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            tasks.clear();
            alarms.clear();
        }
    }

    private record Entry(Instant due, long number, Runnable task) {}

    /** Reads the time. */
    private final class Hand extends Clock {
        private final ZoneId zone;

        Hand(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Hand(other);
        }

        @Override
        public Instant instant() {
            synchronized (lock) {
                return now;
            }
        }
    }
}
