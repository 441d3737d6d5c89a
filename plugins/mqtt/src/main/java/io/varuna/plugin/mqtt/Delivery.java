package io.varuna.plugin.mqtt;

import io.varuna.api.sink.RejectedRowsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Messages that are sent together; somebody waits until the broker has them all. Used on the event loop, but for the wait. */
final class Delivery {
    private static final long PATIENCE_SECONDS = 60;

    private final List<Outbound> messages;
    private final Map<Integer, Exception> refused = new LinkedHashMap<>();
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private int next;
    private int delivered;

    Delivery(List<Outbound> messages) {
        this.messages = messages;
    }

    /**
     * A message to publish.
     *
     * @param payload not written to any more
     * @param userProperties for MQTT 5
     * @param firstRow where the rows that it holds begin in the batch
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outbound(
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            Map<String, String> userProperties,
            int firstRow,
            int rows) {}

    /** Returns the next message to send, or null if all are sent or nobody waits any more. */
    @Nullable
    Outbound peek() {
        return done.isDone() || next == messages.size() ? null : messages.get(next);
    }

    /** The message that was peeked at is sent. */
    void advance() {
        next++;
    }

    /** Some messages have reached the broker. */
    void delivered(int count) {
        delivered += count;
        if (delivered == messages.size()) {
            if (refused.isEmpty()) {
                done.complete(null);
            } else {
                done.completeExceptionally(new RejectedRowsException(refused));
            }
        }
    }

    /** A message will never be taken. */
    void refused(Outbound message, String reason) {
        for (int row = message.firstRow(); row < message.firstRow() + message.rows(); row++) {
            refused.put(row, new IOException("The message to topic '" + message.topic() + "' is refused: " + reason));
        }
        delivered(1);
    }

    /** The whole may succeed at another time. */
    void failed(String reason) {
        done.completeExceptionally(new IOException(reason));
    }

    /** Returns what a wait has failed of, with a stack trace of the one who waited. */
    static IOException failure(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return new IOException(cause == null ? failure.getMessage() : cause.getMessage(), cause);
    }

    /** Returns when the broker has all messages. Any thread but the event loop. */
    void await() throws IOException, RejectedRowsException, InterruptedException {
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RejectedRowsException rejected) {
                throw rejected;
            }
            throw failure(e);
        } catch (TimeoutException e) {
            throw new IOException("The broker has not acknowledged within " + PATIENCE_SECONDS + " s", e);
        } finally {
            // if the wait is over too early, nothing more is sent
            done.cancel(false);
        }
    }
}
