package io.varuna.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON texts. */
final class Json {
    private static final JSON JACKSON =
            JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS, JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    static String write(@Nullable Object value) {
        try {
            return JACKSON.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the members of an object; fails with INVALID_JSON, saying where and what. */
    static Map<String, Object> object(String text, String what) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw invalid(what + " is empty; it must be a JSON object.", null);
            }
            if (first != JsonToken.START_OBJECT) {
                throw invalid(what + " must be a JSON object.", null);
            }
            Map<String, Object> members = JACKSON.mapFrom(parser);
            if (parser.nextToken() != null) {
                throw invalid(
                        what + " goes on after the end of the JSON object" + place(parser.currentLocation()), null);
            }
            return members;
        } catch (JsonProcessingException e) {
            throw invalid(what + " is not valid JSON: " + e.getOriginalMessage() + place(e.getLocation()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the texts of a list; fails with INVALID_JSON, saying where and what. */
    static List<String> texts(String text, String what) {
        List<?> list;
        try {
            list = JACKSON.listFrom(text);
        } catch (IOException e) {
            throw invalid(what + " must be a list of texts in JSON: " + e.getMessage(), e);
        }
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw invalid(what + " must be a list of texts.", null);
        }
        return list.stream().map(String::valueOf).toList();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static VarunaException invalid(String message, @Nullable Throwable cause) {
        return new VarunaException(StandardError.INVALID_JSON, message, cause);
    }
}
