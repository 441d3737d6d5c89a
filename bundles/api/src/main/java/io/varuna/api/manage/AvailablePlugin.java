package io.varuna.api.manage;

import java.util.List;
import java.util.Map;

/**
 * A version of a plugin that a catalogue has.
 *
 * @param name the name of the plugin
 * @param description a sentence, or empty
 * @param offers the names of its sources, sinks, function libraries, ...
 * @param functions the names of the functions that statements can call
 * @param obstacle why it cannot be installed here, continuing a sentence that begins with the plugin; empty if it can
 * @param bytes the size of all that is fetched
 * @param sha256 of the plugin's own file, in hexadecimal
 * @param signer who signed the catalogue, or empty
 * @param address what {@link PluginRequest#file} is to install it
 */
public record AvailablePlugin(
        String name,
        String version,
        String description,
        Map<PluginKind, List<String>> offers,
        List<String> functions,
        String obstacle,
        long bytes,
        String sha256,
        String signer,
        String address) {
    public AvailablePlugin {
        offers = Map.copyOf(offers);
        functions = List.copyOf(functions);
    }

    /** Tells whether it can be installed here. */
    public boolean fits() {
        return obstacle.isEmpty();
    }
}
