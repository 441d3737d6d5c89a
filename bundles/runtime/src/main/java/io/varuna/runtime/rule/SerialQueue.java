package io.varuna.runtime.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, on threads of others. */
final class SerialQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final String name;
    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean active;

    /** Creates a queue; {@code name} says whose commands they are, for the log. */
    SerialQueue(String name, Executor executor) {
        this.name = name;
        this.executor = executor;
    }

    /** Runs a task after those before it, for somebody who waits for it and handles its failure. */
    CompletableFuture<Void> submit(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        enqueue(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Begins something after the tasks before it; returns what it comes to. The next task does not wait for that. */
    <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<CompletableFuture<T>> begun = new CompletableFuture<>();
        enqueue(() -> {
            try {
                begun.complete(task.get());
            } catch (RuntimeException | Error e) {
                begun.completeExceptionally(e);
            }
        });
        return begun.thenCompose(Function.identity());
    }

    /** Runs a task after those before it. */
    void execute(Runnable task) {
        enqueue(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("{} could not be handled", name, e);
            }
        });
    }

    private void enqueue(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (active) {
                return;
            }
            active = true;
        }
        executor.execute(this::runNext);
    }

    // one task for each turn of the executor, so that one busy rule does not hold up the others
    private void runNext() {
        next().run();
        synchronized (waiting) {
            waiting.remove();
            active = !waiting.isEmpty();
            if (!active) {
                return;
            }
        }
        executor.execute(this::runNext);
    }

    private Runnable next() {
        synchronized (waiting) {
            return waiting.element();
        }
    }
}
