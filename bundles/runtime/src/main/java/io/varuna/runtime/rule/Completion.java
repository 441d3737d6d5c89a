package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for commands.
 *
 * @param time where there are no threads to carry them out, makes them happen
 */
record Completion(EngineTime time) {
    /** Waits until a command is carried out; hands on what it throws. Not being ready in time is no failure: it goes on. */
    void await(CompletableFuture<?> command, Duration limit) {
        if (!within(command, limit)) {
            throw new VarunaException(
                    StandardError.INTERNAL_ERROR,
                    "The rule is still busy after " + limit.toSeconds() + " s, and will follow when it can. Look at its"
                            + " status");
        }
    }

    /** Waits; returns whether the command was carried out in time. */
    boolean within(CompletableFuture<?> command, Duration limit) {
        time.settle();
        try {
            command.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
