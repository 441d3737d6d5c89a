package io.varuna.runtime;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.ConnectionService;
import io.varuna.engine.Engine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries connections on threads of its own, as a client may wait for long. Thread-safe. */
final class ConnectionTrials implements ConnectionService, AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 64;
    private static final long IDLE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final ThreadPoolExecutor threads;

    ConnectionTrials(Engine engine) {
        this.engine = engine;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                ConnectionTrials::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<Void> test(String type, Map<String, ? extends @Nullable Object> properties) {
        String what = "connection of type '" + type + "'";
        engine.checkConnection(type, properties, what);
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    engine.testConnection(type, properties);
                    done.complete(null);
                } catch (Exception | LinkageError e) {
                    done.completeExceptionally(failure(what, e));
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new VarunaException(
                    StandardError.CONNECTION_FAILED,
                    "The " + what + " was not tried: too many others are being tried. Try again in a moment.",
                    e));
        }
        return done.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).exceptionally(e -> {
            throw late(what, e);
        });
    }

    private static VarunaException late(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new VarunaException(
                    StandardError.CONNECTION_FAILED,
                    "The " + what + " was not there within " + PATIENCE.toSeconds()
                            + " seconds. Check the address, and that the other end runs.",
                    cause);
        }
        return failure(what, cause);
    }

    private static VarunaException failure(String what, Throwable cause) {
        if (cause instanceof VarunaException known) {
            return known;
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new VarunaException(
                StandardError.CONNECTION_FAILED, "The " + what + " cannot be made: " + reason, cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "varuna-connection");
        thread.setDaemon(true);
        return thread;
    }
}
