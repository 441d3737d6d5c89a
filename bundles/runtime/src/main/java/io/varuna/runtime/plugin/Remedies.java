package io.varuna.runtime.plugin;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows how to get what no plugin offers that is there. Thread-safe. */
public final class Remedies {
    private volatile @Nullable CatalogService catalogs;

    /** Asks these catalogues from now on; null for none. */
    public void ask(@Nullable CatalogService service) {
        catalogs = service;
    }

    /** Stops asking these catalogues, if they are those that are asked. */
    public void forget(CatalogService service) {
        if (catalogs == service) {
            catalogs = null;
        }
    }

    /** Returns a sentence about a plugin that offers something; empty if none is known. */
    public Optional<String> of(PluginKind kind, String name) {
        CatalogService service = catalogs;
        return service == null
                ? Optional.empty()
                : service.offering(kind, name).map(plugin -> sentence(plugin, kind, name));
    }

    private static String sentence(AvailablePlugin plugin, PluginKind kind, String name) {
        String has = "Plugin '" + plugin.name() + "' " + plugin.version() + " has "
                + kind.name().toLowerCase(Locale.ROOT) + " '" + name + "'";
        return plugin.fits()
                ? has + ": install it with plugin:install " + plugin.name()
                : has + ", but it " + plugin.obstacle();
    }
}
