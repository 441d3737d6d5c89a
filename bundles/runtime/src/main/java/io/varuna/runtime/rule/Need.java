package io.varuna.runtime.rule;

import io.varuna.api.manage.PluginKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a rule waits for.
 *
 * @param kind null for a stream
 * @param name null where any that comes may help
 */
record Need(@Nullable PluginKind kind, @Nullable String name) {
    static final Need ANY_FUNCTION = new Need(PluginKind.FUNCTION, null);
    static final Need ANY_STREAM = new Need(null, null);

    static Need stream(String name) {
        return new Need(null, name);
    }

    /** Tells whether what has come is what is needed. */
    boolean metBy(Need arrived) {
        return kind == arrived.kind && (name == null || arrived.name == null || sameName(name, arrived.name));
    }

    private boolean sameName(String needed, String arrived) {
        // functions are called in any case, everything else exactly as it is named
        return kind == PluginKind.FUNCTION
                ? needed.toLowerCase(Locale.ROOT).equals(arrived.toLowerCase(Locale.ROOT))
                : needed.equals(arrived);
    }
}
