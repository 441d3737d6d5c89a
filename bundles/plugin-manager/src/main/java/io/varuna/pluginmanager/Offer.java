package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import java.util.Locale;

/** What a bundle provides: a kind, and the name by which it is used. */
record Offer(PluginKind kind, String name) {
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " '" + name + "'";
    }
}
