package io.varuna.plugin.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The form of a body, which decides its Content-Type. */
enum BodyType {
    NONE(""),
    JSON("application/json"),
    TEXT("text/plain"),
    HTML("text/html"),
    XML("application/xml"),
    JAVASCRIPT("application/javascript"),
    FORM("application/x-www-form-urlencoded"),
    BINARY("application/octet-stream");

    private final String contentType;

    BodyType(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** Returns the name that properties give to it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BodyType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> InvalidProperty.of(
                        "bodyType",
                        Arrays.stream(values()).map(BodyType::label).collect(Collectors.joining(", ")),
                        name));
    }
}
