package io.varuna.api.manage;

/**
 * Something that happened to a plugin.
 *
 * @param time milliseconds since the epoch
 * @param plugin the name of the plugin, or of what was asked for where no plugin was found
 * @param message one sentence
 */
public record PluginEvent(long time, What what, String plugin, String message) {
    /** What it was. */
    public enum What {
        INSTALLED,
        /** Rules use another version. */
        EXCHANGED,
        REMOVED,
        /** Nothing has changed, for the reason that the message gives. */
        REFUSED
    }
}
