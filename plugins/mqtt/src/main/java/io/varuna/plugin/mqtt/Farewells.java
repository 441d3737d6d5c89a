package io.varuna.plugin.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are taking leave of their brokers. One that came with the same client id before the broker is done with
 * the former would drive that out, and some brokers then forget what it has acknowledged last. Used on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever waits is called
final class Farewells {
    private final Map<String, CompletableFuture<@Nullable Void>> underWay = new HashMap<>();

    /** Notes that a client is leaving until {@code end} completes, which it does on the event loop. */
    void begin(String client, CompletableFuture<@Nullable Void> end) {
        underWay.put(client, end);
        end.thenRun(() -> underWay.remove(client, end));
    }

    /** Does something when no client of this name is leaving any more. */
    void afterThatOf(String client, Runnable action) {
        CompletableFuture<@Nullable Void> end = underWay.get(client);
        if (end == null) {
            action.run();
        } else {
            end.thenRun(action);
        }
    }
}
