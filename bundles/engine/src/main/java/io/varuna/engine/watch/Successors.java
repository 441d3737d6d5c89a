package io.varuna.engine.watch;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what is to take the place of another part of a rule. One that does not come back may keep a thread of its own, but
 * neither the part that is there nor who waits for the exchange.
 */
public record Successors(EngineTime time) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Successors.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Opens one.
     *
     * @param disposal closes what was opened when nobody waited for it any more
     * @throws VarunaException with PLUGIN_HANGS if it takes too long
     * @throws Exception that the opening ended with
     */
    public <T> T open(Callable<T> opening, Consumer<? super T> disposal) throws Exception {
        if (!time.waits()) {
            return opening.call();
        }
        Busy work = new Busy();
        CompletableFuture<T> opened = new CompletableFuture<>();
        time.execute(() -> {
            work.begin();
            try {
                T successor = opening.call();
                if (!opened.complete(successor)) {
                    disposal.accept(successor);
                }
            } catch (Exception | Error e) {
                opened.completeExceptionally(e);
            } finally {
                work.end();
            }
        });
        try {
            return opened.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw PluginFailure.asException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            if (opened.cancel(false)) {
                throw giveUp(work, e);
            }
            return opened.get();
        }
    }

    private static VarunaException giveUp(Busy work, TimeoutException late) {
        String place = work.overrun(System.nanoTime(), Duration.ZERO)
                .map(overrun -> {
                    LOGGER.warn(
                            "Thread '{}' is given up: a plugin that was to take the place of another keeps it in {}",
                            overrun.thread().getName(),
                            overrun.place());
                    overrun.thread().interrupt();
                    return overrun.place();
                })
                .orElse("");
        return new VarunaException(
                StandardError.PLUGIN_HANGS,
                "it did not open within " + LIMIT.toSeconds() + " s" + (place.isEmpty() ? "" : "; it is in " + place),
                late);
    }
}
