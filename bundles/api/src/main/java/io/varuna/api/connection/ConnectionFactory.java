package io.varuna.api.connection;

import io.varuna.api.plugin.PluginFactory;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes connections of one type, such as a pool or a client. The engine keeps one for all who give equal properties and
 * closes it after the last. It is registered with the plugin type of the sources and sinks that use it; its properties
 * are a subset of theirs.
 *
 * @param <T> what is lent out; thread-safe
 */
@ConsumerType
public interface ConnectionFactory<C, T extends AutoCloseable> extends PluginFactory<C> {
    T open(C config) throws Exception;

    /**
     * Throws if the other end cannot be reached now. For those who try a plugin, as the test kit's contract does; the engine
     * learns from reads and writes that fail.
     */
    default void check(T connection) throws Exception {}
}
