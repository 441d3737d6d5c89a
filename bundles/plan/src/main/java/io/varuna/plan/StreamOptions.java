package io.varuna.plan;

import io.varuna.api.manage.StreamKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The WITH options of a stream.
 *
 * @param values what was given, by upper-case name, in the order given; booleans are {@code TRUE} and {@code FALSE}
 */
public record StreamOptions(Map<String, String> values) {
    /** The names of all options. */
    public static final List<String> NAMES = List.of(
            "DATASOURCE",
            "FORMAT",
            "SCHEMAID",
            "DELIMITER",
            "KEY",
            "TYPE",
            "CONF_KEY",
            "EXTRA",
            "STRICT_VALIDATION",
            "TIMESTAMP",
            "TIMESTAMP_FORMAT",
            "RETAIN_SIZE",
            "SHARED",
            "KIND",
            "VERSION",
            "TEMP");

    public StreamOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the value of an option as it was given. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the topic, path or table to read; empty where it was not given. */
    public String dataSource() {
        return values.getOrDefault("DATASOURCE", "");
    }

    public String type(StreamKind kind) {
        return values.getOrDefault("TYPE", kind == StreamKind.STREAM ? "mqtt" : "file");
    }

    public String format() {
        return values.getOrDefault("FORMAT", "json");
    }

    /** Returns the column that holds the event time. */
    public Optional<String> timestamp() {
        return get("TIMESTAMP");
    }

    /** Returns the pattern of event times that are texts. */
    public Optional<String> timestampFormat() {
        return get("TIMESTAMP_FORMAT");
    }

    public boolean strictValidation() {
        return flag("STRICT_VALIDATION");
    }

    /** Tells whether the rules that read the stream share one source. */
    public boolean shared() {
        return flag("SHARED");
    }

    /** Tells whether the definition is forgotten when the container stops. */
    public boolean temporary() {
        return flag("TEMP");
    }

    private boolean flag(String name) {
        return "TRUE".equalsIgnoreCase(values.get(name));
    }
}
