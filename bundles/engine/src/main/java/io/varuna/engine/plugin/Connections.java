package io.varuna.engine.plugin;

import io.varuna.api.connection.ConnectionFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that are open, each shared by all who gave equal properties. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);

    private final Map<Key, Shared> open = new HashMap<>();

    private record Key(ConnectionFactory<?, ?> factory, Map<String, @Nullable Object> properties) {}

    /** A connection and how many use it. */
    private static final class Shared {
        private @Nullable AutoCloseable connection;
        private int users;
    }

    /** A connection that was lent out. */
    public final class Lease implements AutoCloseable {
        private final Key key;
        private final Shared shared;
        private final AutoCloseable connection;
        private boolean returned;

        private Lease(Key key, Shared shared, AutoCloseable connection) {
            this.key = key;
            this.shared = shared;
            this.connection = connection;
        }

        public AutoCloseable connection() {
            return connection;
        }

        /** Gives the connection back; the last user's return closes it. */
        @Override
        public void close() {
            synchronized (open) {
                if (returned) {
                    return;
                }
                returned = true;
                if (--shared.users > 0) {
                    return;
                }
                open.remove(key, shared);
            }
            closeQuietly(connection);
        }
    }

    /** Lends a connection of {@code plugin} with those of the properties that it takes, opening it if need be. May block. */
    public Lease lend(
            ProvidedPlugin<ConnectionFactory<?, ?>> plugin, Map<String, ? extends @Nullable Object> properties)
            throws Exception {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        ConfigType.of(plugin.factory().configType()).names().forEach(name -> {
            if (properties.get(name) != null) {
                own.put(name, properties.get(name));
            }
        });
        Key key = new Key(plugin.factory(), own);
        Shared shared;
        synchronized (open) {
            shared = open.computeIfAbsent(key, k -> new Shared());
            shared.users++;
        }
        try {
            return new Lease(key, shared, connect(plugin.factory(), shared, own));
        } catch (Exception | Error e) {
            // an Error too, such as a class that the plugin lacks: its user must not be counted for ever
            synchronized (open) {
                if (--shared.users == 0) {
                    open.remove(key, shared);
                }
            }
            throw e;
        }
    }

    /** Has a connection asked whether the other end is there: one that is open with these properties, or one for this alone. */
    public void test(ProvidedPlugin<ConnectionFactory<?, ?>> plugin, Map<String, ? extends @Nullable Object> properties)
            throws Exception {
        try (Lease lease = lend(plugin, properties)) {
            ask(plugin.factory(), lease.connection());
        }
    }

    @SuppressWarnings("unchecked") // it is the factory's own
    private static <T extends AutoCloseable> void ask(ConnectionFactory<?, T> factory, AutoCloseable connection)
            throws Exception {
        factory.check((T) connection);
    }

    private static <C> AutoCloseable connect(
            ConnectionFactory<C, ?> factory, Shared shared, Map<String, @Nullable Object> properties) throws Exception {
        // one opens, the others who want the same wait for it
        synchronized (shared) {
            AutoCloseable connection = shared.connection;
            if (connection == null) {
                connection = factory.open(ConfigType.of(factory.configType()).proxy(properties));
                shared.connection = connection;
            }
            return connection;
        }
    }

    /** Closes what is still open. */
    @Override
    public void close() {
        Map<Key, Shared> left;
        synchronized (open) {
            left = new HashMap<>(open);
            open.clear();
        }
        left.values().forEach(shared -> {
            AutoCloseable connection = shared.connection;
            if (connection != null) {
                closeQuietly(connection);
            }
        });
    }

    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception | Error e) {
            LOGGER.warn("A connection could not be closed cleanly", e);
        }
    }
}
