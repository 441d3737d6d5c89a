package io.varuna.plugin.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The topics of the process, with those who read them. Thread-safe.
 *
 * <p>Rows are handed over through a bounded queue for each source, which a thread of a shared pool empties; an idle source has
 * no thread. While the queue is full the publishing rule waits. It never waits longer than {@code patience} for a subscriber
 * that takes nothing at all: then its rows go into the queue beyond the bound. So rules that feed each other in a circle slow
 * down, and lose nothing, but cannot wait for each other for good.
 */
final class Topics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor emitters;
    private final Duration patience;

    Topics() {
        this(PATIENCE);
    }

    Topics(Duration patience) {
        this.patience = patience;
        this.emitters =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "varuna-memory-" + THREADS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    Duration patience() {
        return patience;
    }

    ExecutorService emitters() {
        return emitters;
    }

    void subscribe(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void unsubscribe(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Hands rows of one topic to everybody who reads it. Waits while one of them is busy. */
    void publish(String topic, List<Published> rows) throws InterruptedException {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.filter().matches(topic)) {
                subscriber.take(rows);
            }
        }
    }

    @Override
    public void close() {
        emitters.shutdownNow();
    }
}
