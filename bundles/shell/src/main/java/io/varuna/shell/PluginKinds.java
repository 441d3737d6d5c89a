package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of what plugins offer, as they are typed: {@code sink}, and also {@code sinks}. */
final class PluginKinds {
    private PluginKinds() {}

    static PluginKind parse(String text) {
        return Arrays.stream(PluginKind.values())
                .filter(kind -> word(kind).equals(text) || kind.plural().equals(text))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.INVALID_NAME,
                        "'" + text + "' is no kind of plugin" + Texts.suggestion(text, words()) + " There are: "
                                + String.join(", ", words()) + "."));
    }

    static List<String> words() {
        return Arrays.stream(PluginKind.values()).map(PluginKinds::word).toList();
    }

    static String word(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
