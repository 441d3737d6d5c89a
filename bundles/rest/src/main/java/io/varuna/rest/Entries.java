package io.varuna.rest;

import java.util.List;
import java.util.stream.Stream;

/** Properties that hold several texts: a configuration file has them in one line. */
final class Entries {
    private Entries() {}

    /** Returns the texts in {@code values}, each of which may hold several, separated by blanks or commas. */
    static List<String> of(String... values) {
        return Stream.of(String.join(" ", values).strip().split("[\\s,]+", -1))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
