package io.varuna.engine;

import io.varuna.api.source.Position;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.sink.Marker;
import io.varuna.engine.state.StateStore;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the checkpoints of a rule: between two batches the state and the positions are taken, markers go through the queues
 * of the sinks, and when all have reached theirs, the checkpoint is stored and the sources learn what is safe. Without a
 * quality of service that keeps state, the sources learn what the sinks have taken. One at a time.
 */
final class Checkpoints {
    private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoints.class);
    /** So often if no source asks for more. */
    private static final Duration SOON = Duration.ofMillis(200);
    /** At least so long between two that are stored, even if sources cannot wait. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RuleTask rule;
    private final StateStore store;
    private final EngineTime time;
    private final boolean durable;
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private long lastId;
    private boolean underWay;
    private boolean wanted;
    private Instant soonest = Instant.MAX;
    private Instant nextDue = Instant.MAX;
    private volatile boolean failing;
    private volatile Instant lastEnd = Instant.EPOCH;
    private @Nullable Alarm next;
    private @Nullable Alarm regular;
    private boolean ended;

    Checkpoints(RuleTask rule, StateStore store, EngineTime time, long lastId) {
        this.rule = rule;
        this.store = store;
        this.time = time;
        this.durable = rule.spec().options().qos() > 0;
        this.lastId = lastId;
    }

    void start() {
        if (durable) {
            again();
        }
    }

    private void again() {
        Instant due = time.clock().instant().plus(rule.spec().options().checkpointInterval());
        Alarm alarm = time.schedule(due, () -> {
            begin();
            again();
        });
        synchronized (this) {
            regular = alarm;
            if (ended) {
                alarm.cancel();
            }
        }
    }

    /** Takes note that a source with positions has moved on. */
    void positionsMoved() {
        if (!durable) {
            ask(SOON);
        }
    }

    /** Asks for a checkpoint now, because a source cannot take many more records before; a stored one pauses a little. */
    void request() {
        Duration sinceLast = Duration.between(lastEnd, time.clock().instant());
        ask(durable ? PAUSE.minus(sinceLast) : Duration.ZERO);
    }

    private synchronized void ask(Duration wait) {
        if (ended) {
            return;
        }
        Instant due = time.clock().instant().plus(wait.isNegative() ? Duration.ZERO : wait);
        if (underWay) {
            wanted = true;
            soonest = due.isBefore(soonest) ? due : soonest;
            return;
        }
        if (next != null) {
            if (!due.isBefore(nextDue)) {
                return;
            }
            next.cancel();
        }
        nextDue = due;
        next = time.schedule(due, () -> {
            synchronized (this) {
                next = null;
            }
            begin();
        });
    }

    private void begin() {
        List<CompletableFuture<Void>> waiting;
        synchronized (this) {
            if (ended) {
                waiters.forEach(waiter -> waiter.complete(null));
                waiters.clear();
                return;
            }
            if (underWay) {
                wanted = true;
                return;
            }
            if (next != null) {
                next.cancel();
                next = null;
            }
            underWay = true;
            waiting = List.copyOf(waiters);
            waiters.clear();
        }
        boolean[] begun = new boolean[1];
        rule.betweenBatches(() -> {
            begun[0] = true;
            take(durable, waiting);
        });
        if (!begun[0]) {
            waiting.forEach(waiter -> waiter.complete(null));
            finished();
        }
    }

    /**
     * Makes a checkpoint at once and waits for it; false if it takes longer than the patience. Where threads cannot wait
     * for others, it is only asked for.
     */
    boolean now(Duration patience) throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            waiters.add(done);
        }
        begin();
        if (!time.waits()) {
            return true;
        }
        try {
            done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the state; under the lock of the rule, or when nothing runs any more. */
    private void take(boolean save, List<CompletableFuture<Void>> waiting) {
        byte[] checkpoint;
        long id = nextId();
        try {
            checkpoint = save
                    ? Checkpoint.write(id, false, positions(), rule.pipeline().save())
                    : new byte[0];
        } catch (RuntimeException | Error e) {
            // functions of plugins write their own state
            notSaved(PluginFailure.asException(e), waiting);
            finished();
            return;
        }
        send(save, id, checkpoint, sequences(), waiting);
    }

    private synchronized long nextId() {
        return ++lastId;
    }

    private List<Long> sequences() {
        return rule.sources().stream().map(source -> source.input().sequence()).toList();
    }

    private void send(
            boolean save, long id, byte[] checkpoint, List<Long> sequences, List<CompletableFuture<Void>> waiting) {
        Marker.Kind kind = save ? Marker.Kind.DURABLE : Marker.Kind.TAKEN;
        Marker.send(
                rule.sinks(), kind, id, () -> time.execute(() -> complete(id, save, checkpoint, sequences, waiting)));
    }

    private Map<String, Collection<Position>> positions() {
        Map<String, Collection<Position>> positions = new LinkedHashMap<>();
        rule.sources()
                .forEach(source -> positions.put(
                        source.input().stream().name(), source.input().positions()));
        return positions;
    }

    private void complete(
            long id, boolean save, byte[] checkpoint, List<Long> sequences, List<CompletableFuture<Void>> waiting) {
        try {
            if (save) {
                store.save(rule.spec().id(), checkpoint);
                saved();
                Marker.send(rule.sinks(), Marker.Kind.COMMIT, id, () -> {});
            }
            for (int i = 0; i < sequences.size(); i++) {
                rule.sources().get(i).committed(sequences.get(i));
            }
            waiting.forEach(waiter -> waiter.complete(null));
        } catch (RuntimeException e) {
            notSaved(e, waiting);
        } finally {
            finished();
        }
    }

    private void saved() {
        if (failing) {
            LOGGER.info("Rule '{}': the state is saved again", rule.spec().id());
        }
        failing = false;
    }

    private void notSaved(Exception cause, List<CompletableFuture<Void>> waiting) {
        if (!failing) {
            // sources that cannot wait ask for the next attempt many times a second
            LOGGER.warn(
                    "Rule '{}': the state could not be saved; it is tried again, and said when it succeeds",
                    rule.spec().id(),
                    cause);
        }
        failing = true;
        waiting.forEach(waiter -> waiter.completeExceptionally(cause));
    }

    private void finished() {
        boolean more;
        boolean urgent;
        Instant earliest;
        lastEnd = time.clock().instant();
        synchronized (this) {
            Instant rested = durable ? lastEnd.plus(PAUSE) : lastEnd;
            Instant asked = soonest.equals(Instant.MAX) ? lastEnd.plus(SOON) : soonest;
            earliest = asked.isBefore(rested) ? rested : asked;
            soonest = Instant.MAX;
            underWay = false;
            more = wanted;
            urgent = !waiters.isEmpty();
            wanted = false;
        }
        if (urgent) {
            time.execute(this::begin);
        } else if (more) {
            ask(Duration.between(lastEnd, earliest));
        }
    }

    /** Tells whether the rule is to go on from where it was after a crash, too. */
    boolean areDurable() {
        return durable;
    }

    /**
     * Returns what the rule can go on from at its next start; null if its state cannot be written. Under the lock of the rule, or
     * when nothing runs any more.
     */
    @Nullable
    Kept keep() {
        try {
            return keep(rule.pipeline().save());
        } catch (RuntimeException | Error e) {
            // functions of plugins write their own state
            LOGGER.warn(
                    "Rule '{}': its state cannot be written, so it is not kept",
                    rule.spec().id(),
                    e);
            return null;
        }
    }

    /** Returns the same, with the state of the steps. */
    Kept keep(byte[] state) {
        // what the options keep at a stop, they keep for more than one start
        boolean once = !rule.spec().options().keepsState();
        return new Kept(Checkpoint.write(nextId(), once, positions(), state), sequences());
    }

    /**
     * Makes the checkpoint of the end: the sources are closed, nothing runs any more.
     *
     * @param save whether the state is saved; the sinks got all that it counts then
     * @param deadline when to give up, by the system's nano clock
     */
    void last(boolean save, long deadline) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        take(save, List.of(done));
        awaitSinks(done, deadline);
    }

    /**
     * Saves what the rule goes on from after a pause, when the sinks have taken what is before it or their time is up.
     *
     * @param deadline by the system's nano clock
     */
    void last(Kept kept, long deadline) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        send(false, nextId(), new byte[0], kept.sequences(), List.of(done));
        awaitSinks(done, deadline);
        try {
            store.save(rule.spec().id(), kept.checkpoint());
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "Rule '{}' will begin anew, as its state could not be saved",
                    rule.spec().id(),
                    e);
        }
    }

    /** Makes no checkpoints by itself any more. */
    synchronized void end() {
        ended = true;
        if (next != null) {
            next.cancel();
        }
        if (regular != null) {
            regular.cancel();
        }
    }

    private void awaitSinks(CompletableFuture<Void> done, long deadline) {
        time.settle();
        if (!time.waits()) {
            return;
        }
        try {
            done.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            for (var sink : rule.sinks()) {
                sink.awaitDrained(deadline);
            }
        } catch (TimeoutException e) {
            LOGGER.warn(
                    "Rule '{}' stops although its sinks have not taken everything. What is missing {}",
                    rule.spec().id(),
                    durable ? "comes again at the next start" : "is lost");
        } catch (ExecutionException e) {
            LOGGER.debug("Rule '{}': the last checkpoint failed", rule.spec().id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
