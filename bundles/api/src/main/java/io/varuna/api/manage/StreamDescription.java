package io.varuna.api.manage;

import io.varuna.api.data.Schema;
import java.util.Map;

/**
 * A stream or table as it was declared.
 *
 * @param schema the declared columns; open where there are none
 * @param options the WITH options that were given, by upper-case name, in the order given
 * @param statement the text of the CREATE statement
 */
public record StreamDescription(
        String name, StreamKind kind, Schema schema, Map<String, String> options, String statement) {
    public StreamDescription {
        options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
    }

    /** Returns the type of the source, by default mqtt for streams and file for tables. */
    public String type() {
        return options.getOrDefault("TYPE", kind == StreamKind.STREAM ? "mqtt" : "file");
    }

    /** Returns the format of the payload, by default json. */
    public String format() {
        return options.getOrDefault("FORMAT", "json");
    }
}
