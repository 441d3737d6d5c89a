package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a JSON body, each asked for by name and type. A wrong one is named with what the body takes. */
final class Body {
    private final Map<String, Object> members;
    private final List<String> known;

    private Body(Map<String, Object> members, List<String> known) {
        this.members = members;
        this.known = known;
    }

    /** Reads an object that may have the members in {@code known} and no others. */
    static Body of(String text, String... known) {
        Body body = new Body(Json.object(text, "The body"), List.of(known));
        for (String name : body.members.keySet()) {
            if (!body.known.contains(name)) {
                throw body.invalid("The body has an unknown member '" + name + "'");
            }
        }
        return body;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid("The body needs '" + name + "', a text"));
    }

    /** Returns a text, or empty if the member is missing, null or blank. */
    Optional<String> optionalText(String name) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        }
        throw invalid("'" + name + "' must be a text, but is " + Json.write(value));
    }

    /** Returns a value of any type, or empty if the member is missing or null. */
    Optional<Object> value(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** Returns a list of texts, empty if the member is missing or null. */
    List<String> texts(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            for (Object element : list) {
                texts.add(textIn(name, element));
            }
            return texts;
        }
        throw invalid("'" + name + "' must be a list of texts, but is " + Json.write(value));
    }

    private String textIn(String name, @Nullable Object element) {
        if (element instanceof String text) {
            return text;
        }
        throw invalid("'" + name + "' must be a list of texts, but has " + Json.write(element) + " in it");
    }

    /** Returns the failure to report for this body. */
    VarunaException invalid(String problem) {
        return new VarunaException(
                StandardError.INVALID_JSON, problem + ". It takes: " + String.join(", ", known) + ".");
    }
}
