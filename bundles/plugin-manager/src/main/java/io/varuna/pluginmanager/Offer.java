package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import java.util.Locale;

/** What a bundle provides: a kind, and the name by which it is used. */
record Offer(PluginKind kind, String name) {
    /** Returns it as the beginning of a sentence. */
    String title() {
        String text = toString();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " '" + name + "'";
    }
}
