package io.varuna.api.manage;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Plugins that catalogues have, installed or not. Thread-safe. */
@ProviderType
public interface CatalogService {
    /**
     * Returns what all catalogues have, in the order of the names, the highest version first. May ask other machines; a
     * catalogue that cannot be read is left out.
     */
    List<AvailablePlugin> list();

    /**
     * Returns the highest version that fits and offers something, or if none fits, the highest. For kind FUNCTION the name
     * may be that of a library or of a function. Asks no other machine: of remote catalogues what was read last counts.
     */
    Optional<AvailablePlugin> offering(PluginKind kind, String name);
}
