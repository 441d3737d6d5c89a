package io.varuna.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that go on, as server-sent events. Each has a thread of its own, so that a slow client keeps neither the rule
 * nor other clients waiting: what it does not take in time is dropped, counted, and reported to it. Thread-safe.
 */
final class EventStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final String CONTENT_TYPE = "text/event-stream;charset=utf-8";
    private static final int QUEUE_LENGTH = 1024;
    /** Wakes who waits; it is no event. */
    private static final String END = "";
    /** Proxies give up on connections that are silent for a minute. */
    private static final long HEARTBEAT_SECONDS = 15;

    private final ExecutorService threads = Executors.newCachedThreadPool(EventStreams::thread);
    private final Semaphore free;
    private final int limit;

    EventStreams(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /** Something that tells a listener about events until it is closed, or until it says that there will be no more. */
    @FunctionalInterface
    interface Subscription {
        AutoCloseable open(Consumer<String> listener, Runnable ended);
    }

    /** Answers with the events of a subscription until the client leaves. If it cannot be opened, nothing is answered. */
    void answer(Exchange exchange, Subscription subscription) throws IOException {
        if (exchange.request().getMethod().equals("HEAD")) {
            exchange.response().setContentType(CONTENT_TYPE);
            return;
        }
        if (!free.tryAcquire()) {
            Failure failure = new Failure(
                    503,
                    1001,
                    "All " + limit + " event streams are in use. Close one, or raise 'event.streams' in the"
                            + " configuration 'io.varuna.rest'.");
            exchange.sendJson(failure.status(), failure.toJson());
            return;
        }
        Events events = new Events();
        AutoCloseable opened;
        try {
            opened = subscription.open(events::add, events::end);
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        try {
            start(exchange, events, opened);
        } catch (RuntimeException e) {
            end(opened);
            throw e;
        }
    }

    private void start(Exchange exchange, Events events, AutoCloseable opened) {
        AsyncContext async = exchange.request().startAsync();
        async.setTimeout(0);
        threads.execute(() -> {
            try {
                send(events, exchange.response());
            } finally {
                end(opened);
                async.complete();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void send(Events events, HttpServletResponse response) {
        try {
            response.setStatus(200);
            response.setContentType(CONTENT_TYPE);
            response.flushBuffer();
            OutputStream out = response.getOutputStream();
            while (events.writeNext(out)) {
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("A client left its event stream", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(AutoCloseable opened) {
        free.release();
        try {
            opened.close();
        } catch (Exception e) {
            LOG.warn("An event stream did not close cleanly", e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "varuna-rest-events");
        thread.setDaemon(true);
        return thread;
    }

    /** What waits to be sent to one client. */
    private static final class Events {
        private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE_LENGTH);
        private final AtomicLong dropped = new AtomicLong();
        private volatile boolean ended;

        void add(String event) {
            while (!waiting.offer(event)) {
                if (waiting.poll() != null) {
                    dropped.incrementAndGet();
                }
            }
        }

        void end() {
            ended = true;
            // wakes who waits
            add(END);
        }

        /** Writes an event, or a sign of life; returns false if there will be no more. */
        boolean writeNext(OutputStream out) throws IOException, InterruptedException {
            @Nullable String event = ended ? waiting.poll() : waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                write(out, ":\n\n");
                return !ended;
            }
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                write(out, "event: dropped\ndata: " + lost + "\n\n");
            }
            if (event.equals(END)) {
                return true;
            }
            write(out, "data: " + String.join("\ndata: ", event.split("\r\n|\r|\n", -1)) + "\n\n");
            return true;
        }

        private static void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
