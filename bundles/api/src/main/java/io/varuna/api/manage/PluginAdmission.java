package io.varuna.api.manage;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Decides whether what a bundle offers may be used. Whoever uses plugins asks before. Thread-safe. */
@ProviderType
public interface PluginAdmission {
    /**
     * Returns why the plugins of a bundle may not be used, in a sentence; empty if they may. Reads the whole bundle at the first
     * time.
     *
     * @param bundle its number in the container
     */
    Optional<String> refusal(long bundle);
}
