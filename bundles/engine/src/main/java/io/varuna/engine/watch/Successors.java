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
 * Calls what is to take the place of another part of a rule, or has it on trial. One that does not come back may keep a thread
 * of its own, but neither the part that is there nor who waits for the exchange.
 */
public record Successors(EngineTime time) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Successors.class);
    /** How long a successor may take to open, or for a batch as long as it is on trial. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Opens one.
     *
     * @param disposal closes what was opened when nobody waited for it any more
     * @throws VarunaException with PLUGIN_HANGS if it takes too long
     * @throws Exception that the opening ended with
     */
    public <T> T open(Callable<T> opening, Consumer<? super T> disposal) throws Exception {
        return call("did not open", opening, disposal, () -> {});
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    /**
     * Has one do something.
     *
     * @param missed says that it has not done it, after "it"
     * @param late told when it has come back though nobody waited for it any more
     * @throws VarunaException with PLUGIN_HANGS if it takes too long
     * @throws Exception that it ended with
     */
    public void attempt(String missed, Attempt work, Runnable late) throws Exception {
        call(
                missed,
                () -> {
                    work.run();
                    return true;
                },
                done -> late.run(),
                late);
    }

    private <T> T call(String missed, Callable<T> calling, Consumer<? super T> disposal, Runnable lateFailure)
            throws Exception {
        if (!time.waits()) {
            return calling.call();
        }
        Busy work = new Busy();
        CompletableFuture<T> opened = new CompletableFuture<>();
        time.execute(() -> {
            work.begin();
            try {
                T result = calling.call();
                if (!opened.complete(result)) {
                    disposal.accept(result);
                }
            } catch (Exception | Error e) {
                if (!opened.completeExceptionally(e)) {
                    lateFailure.run();
                }
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
                throw giveUp(missed, work, e);
            }
            return opened.get();
        }
    }

    private static VarunaException giveUp(String missed, Busy work, TimeoutException late) {
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
        return new VarunaException(StandardError.PLUGIN_HANGS, "it " + missed + within(LIMIT, place), late);
    }

    /** Says which time has been missed, and where the plugin is if that is known. */
    public static String within(Duration limit, String place) {
        return " within " + limit.toSeconds() + " s" + (place.isEmpty() ? "" : "; it is in " + place);
    }
}
