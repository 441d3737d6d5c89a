package io.varuna.plugin.memory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a row does to a table that is looked up. */
enum RowKind {
    INSERT,
    UPDATE,
    UPSERT,
    DELETE;

    static Optional<RowKind> of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(name)).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(RowKind::word).collect(Collectors.joining(", "));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
