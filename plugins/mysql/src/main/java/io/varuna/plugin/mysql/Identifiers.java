package io.varuna.plugin.mysql;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Quotes names for statements. */
final class Identifiers {
    private Identifiers() {}

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Quotes the parts of {@code database.table}. */
    static String quotedTable(String table) {
        return Arrays.stream(table.split("\\.", 2)).map(Identifiers::quoted).collect(Collectors.joining("."));
    }
}
