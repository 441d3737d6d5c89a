package io.varuna.runtime;

import io.varuna.api.error.NearestName;
import java.util.Collection;
import java.util.TreeSet;

/** Words for messages about a name that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /** Returns {@code " Did you mean 'x'?"} for the closest known name, or nothing if none is close. */
    public static String forName(String name, Collection<String> known) {
        return NearestName.question(name, known);
    }

    /** Returns the names in alphabetical order, or "none". */
    public static String list(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }
}
