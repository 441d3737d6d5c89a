package io.varuna.pluginmanager;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has plugins do what they may not come back from, such as their start, each on a thread of its own: that is interrupted when
 * the time is up, and given up if it does not listen.
 */
record PluginCalls(StuckBundles stuck, Duration limit) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCalls.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Runs code of a plugin. */
    static final class Caller extends Thread {
        private Caller(String name, Runnable task) {
            super(null, task, name, 0, false);
            setDaemon(true);
        }
    }

    /** A plugin did not come back in time; it may be stuck for good. */
    static final class LateException extends Exception {
        private static final long serialVersionUID = 1L;

        LateException(String message) {
            super(message);
        }
    }

    /**
     * Does something with a bundle.
     *
     * @param late done when it has come back after it was given up
     * @throws LateException if it does not come back in time
     * @throws ExecutionException with what it ended with
     */
    <T> T call(Bundle bundle, Callable<T> work, Runnable late) throws LateException, ExecutionException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Caller caller = new Caller("varuna-plugin-" + bundle.getSymbolicName(), () -> {
            boolean waitedFor;
            try {
                waitedFor = result.complete(work.call());
            } catch (Exception | Error e) {
                waitedFor = result.completeExceptionally(e);
            }
            if (!waitedFor) {
                // what it was interrupted for is over
                boolean unused = Thread.interrupted();
                stuck.remove(bundle);
                late.run();
            }
        });
        caller.start();
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            caller.interrupt();
            throw new LateException("nobody waited for it");
        } catch (TimeoutException e) {
            throw late(bundle, caller, result);
        }
    }

    private <T> LateException late(Bundle bundle, Thread caller, CompletableFuture<T> result) {
        String place = StuckBundles.place(bundle, caller)
                .map(where -> "; it was in " + where)
                .orElse("");
        caller.interrupt();
        try {
            T unused = result.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.debug("'{}' ended when it was interrupted", bundle, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            stuck.add(bundle);
            if (result.completeExceptionally(e)) {
                LOG.warn("Thread '{}' is given up: bundle '{}' keeps it{}", caller.getName(), bundle, place);
            } else {
                stuck.remove(bundle);
            }
        }
        return new LateException("has not come back within " + limit.toSeconds() + " s" + place);
    }
}
