package io.varuna.engine.plugin;

import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import java.util.Collection;
import java.util.Locale;

/** Says that a rule needs something of a plugin that is not there now. The rule can start as soon as it comes. */
public final class PluginMissingException extends VarunaException {
    private static final long serialVersionUID = 1L;

    private final PluginKind kind;
    private final String name;

    /** Creates the exception; {@code known} are the names that are there instead. */
    public PluginMissingException(PluginKind kind, String name, Collection<String> known) {
        super(
                StandardError.PLUGIN_NOT_FOUND,
                "waiting for " + kind.name().toLowerCase(Locale.ROOT) + " '" + name + "'" + instead(name, known));
        this.kind = kind;
        this.name = name;
    }

    private static String instead(String name, Collection<String> known) {
        String nearest = NearestName.question(name, known);
        return known.isEmpty()
                ? ""
                : "." + nearest + " There are: "
                        + String.join(", ", known.stream().sorted().toList());
    }

    public PluginKind kind() {
        return kind;
    }

    public String name() {
        return name;
    }
}
