package io.varuna.runtime.rule;

import io.varuna.engine.RunningRule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who watch the output of a rule, across its restarts. A rule that nobody watches has no cost. Thread-safe. */
final class Tails {
    private static final Logger LOG = LoggerFactory.getLogger(Tails.class);

    /** By an object of its own for each, so that one listener may be there twice. */
    private final Map<Object, Consumer<String>> listeners = new ConcurrentHashMap<>();

    private @Nullable RunningRule rule;
    private @Nullable AutoCloseable attachment;

    synchronized AutoCloseable add(Consumer<String> listener) {
        Object key = new Object();
        listeners.put(key, listener);
        attach();
        return () -> remove(key);
    }

    private synchronized void remove(Object key) {
        listeners.remove(key);
        if (listeners.isEmpty()) {
            detach();
        }
    }

    synchronized void started(RunningRule started) {
        rule = started;
        attachment = null;
        attach();
    }

    synchronized void stopped() {
        rule = null;
        attachment = null;
    }

    private void attach() {
        if (rule != null && attachment == null && !listeners.isEmpty()) {
            attachment = rule.tail(result -> listeners.values().forEach(listener -> listener.accept(result)));
        }
    }

    private void detach() {
        AutoCloseable old = attachment;
        attachment = null;
        if (old != null) {
            try {
                old.close();
            } catch (Exception e) {
                LOG.warn("The output of a rule could not be left alone", e);
            }
        }
    }
}
