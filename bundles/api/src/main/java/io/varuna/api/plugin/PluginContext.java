package io.varuna.api.plugin;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What the engine offers a plugin instance for as long as it is open. */
@ProviderType
public interface PluginContext {
    /** Returns the rule this instance works for, or the stream, for the source of a shared stream. */
    String ruleId();

    /** Returns the engine's clock. Use it instead of the system's: tests move it by hand. */
    Clock clock();

    /** Returns the properties as they were given, with structured values as maps and lists. Unmodifiable. */
    Map<String, @Nullable Object> properties();

    /**
     * Returns the connection that the properties name ({@code connectionSelector}) or describe. It is made by the {@link
     * io.varuna.api.connection.ConnectionFactory} of the same plugin type, shared by all who give equal properties, and the
     * engine's to close.
     */
    <T extends AutoCloseable> T connection(Class<T> type) throws Exception;

    /**
     * Tells the engine how the instance gets on with the system at the other end; shown in the rule's status. May be
     * called from any thread.
     *
     * @param message what happened, or null
     */
    void status(ConnectionStatus status, @Nullable String message);
}
