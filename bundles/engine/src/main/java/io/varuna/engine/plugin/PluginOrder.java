package io.varuna.engine.plugin;

import java.util.Comparator;
import java.util.List;

/**
 * Which plugin counts where several bring the same name: those that the user prefers, in that order; then ours, which have
 * no dot in their names; then by name. Versions of different plugins say nothing about each other. Thread-safe.
 */
public final class PluginOrder implements Comparator<String> {
    private static final Comparator<String> UNDECIDED =
            Comparator.comparing((String plugin) -> plugin.contains(".")).thenComparing(Comparator.naturalOrder());

    private volatile List<String> preferred = List.of();

    /** Sets the plugins that come first. */
    public void prefer(List<String> plugins) {
        preferred = List.copyOf(plugins);
    }

    /** Tells whether the user has said where a plugin comes. */
    public boolean isPreferred(String plugin) {
        return preferred.contains(plugin);
    }

    /** Compares names of plugins; the one that counts is the lower. */
    @Override
    public int compare(String left, String right) {
        List<String> chosen = preferred;
        int order = Integer.compare(place(chosen, left), place(chosen, right));
        return order == 0 ? UNDECIDED.compare(left, right) : order;
    }

    private static int place(List<String> chosen, String plugin) {
        int place = chosen.indexOf(plugin);
        return place < 0 ? Integer.MAX_VALUE : place;
    }
}
