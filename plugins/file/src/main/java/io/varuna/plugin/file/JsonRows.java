package io.varuna.plugin.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads an object, or an array of objects, as the format json does: whole numbers as {@code Long} as long as they fit. */
final class JsonRows {
    private static final JsonFactory JSON = new JsonFactory();

    private final Predicate<String> wanted;

    /** Creates the reader; columns that are not wanted are passed over. */
    JsonRows(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** Returns the rows of a payload; fails with MALFORMED_RECORD. */
    List<Map<String, @Nullable Object>> read(ByteBuffer payload) {
        int start = payload.arrayOffset() + payload.position();
        try (JsonParser in = JSON.createParser(payload.array(), start, payload.remaining())) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>(1);
            if (in.nextToken() == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    rows.add(row(in));
                }
            } else {
                rows.add(row(in));
            }
            if (in.nextToken() != null) {
                throw malformed("There is more after the JSON. Several records are written as an array", null);
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw malformed("It is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw malformed("It is no JSON: " + e.getMessage(), e);
        }
    }

    private Map<String, @Nullable Object> row(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("A row must be an object, such as {\"id\": 1}", null);
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            if (wanted.test(name)) {
                row.put(name, value(in));
            } else {
                in.skipChildren();
            }
        }
        return row;
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    members.put(name, value(in));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(in));
                }
                yield elements;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) in.getDoubleValue()
                    : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static VarunaException malformed(String message, @Nullable Exception cause) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message, cause);
    }
}
