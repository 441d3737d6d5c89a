package io.varuna.api.manage;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Connections to other systems. Thread-safe. */
@ProviderType
@FunctionalInterface
public interface ConnectionService {
    /**
     * Asks the other end of a connection for a sign of life. A connection that rules use already with these properties is
     * asked itself; otherwise one is opened and closed again.
     *
     * @param type such as {@code mqtt}
     * @return completed within seconds; with a {@code VarunaException} that has the reason if the other end is not there
     * @throws io.varuna.api.error.VarunaException if no plugin makes such connections, or the properties do not fit
     */
    CompletableFuture<Void> test(String type, Map<String, ? extends @Nullable Object> properties);
}
