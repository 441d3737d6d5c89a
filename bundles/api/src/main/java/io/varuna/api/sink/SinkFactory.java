package io.varuna.api.sink;

import io.varuna.api.plugin.PluginFactory;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes sinks of one type. */
@ConsumerType
@FunctionalInterface
public interface SinkFactory<C> extends PluginFactory<C> {
    /** Opens a sink. May block and may fail; the engine tries again after a transient failure. */
    Sink open(C config, SinkContext context) throws Exception;

    /**
     * Tells whether {@code write} may wait for something outside of the process. A sink that never does is called on the
     * rule's own thread, which saves a hand-over.
     */
    default boolean blocking() {
        return true;
    }
}
