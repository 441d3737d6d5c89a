package io.varuna.runtime;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON objects, and says where a text is none. */
public final class JsonText {
    private static final JSON JSON_FORM = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
    private static final JSON INDENTED = JSON_FORM.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private JsonText() {}

    /**
     * Returns the members of an object, in order.
     *
     * @param what the text is to be, for the message, such as "The rule"
     */
    public static Map<String, @Nullable Object> object(String what, String text) {
        try (JsonParser parser = JSON_FORM.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new VarunaException(StandardError.INVALID_JSON, what + " is empty; it must be a JSON object");
            }
            Object value = JSON_FORM.anyFrom(parser);
            if (!(value instanceof Map<?, ?> members)) {
                throw new VarunaException(
                        StandardError.INVALID_JSON, what + " must be a JSON object, such as {\"id\": \"rule1\"}");
            }
            if (parser.nextToken() != null) {
                JsonLocation place = parser.currentTokenLocation();
                throw new VarunaException(
                        StandardError.INVALID_JSON, what + " must end after its last brace; there is more" + at(place));
            }
            return named(members);
        } catch (JSONObjectException e) {
            throw invalid(what, e.getOriginalMessage(), e.getLocation(), e);
        } catch (JacksonException e) {
            throw invalid(what, e.getOriginalMessage(), e.getLocation(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a value as JSON. */
    public static String write(@Nullable Object value) {
        return write(JSON_FORM, value);
    }

    /** Returns a value as JSON for people to read. */
    public static String writeIndented(@Nullable Object value) {
        return write(INDENTED, value);
    }

    private static String write(JSON form, @Nullable Object value) {
        try {
            return form.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the members of an object, in order. */
    public static Map<String, @Nullable Object> named(Map<?, ?> members) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    private static VarunaException invalid(String what, String problem, @Nullable JsonLocation place, Exception cause) {
        String sentence = problem.lines().findFirst().orElse("").strip();
        return new VarunaException(
                StandardError.INVALID_JSON,
                what + " is not valid JSON" + (place == null ? "" : at(place)) + ": " + sentence,
                cause);
    }

    private static String at(JsonLocation place) {
        return " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
