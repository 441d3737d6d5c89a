package io.varuna.plugin.functions.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values from JSON, and back. */
final class JsonTexts {
    private static final JsonFactory FACTORY = new JsonFactory();
    // what Jackson says of where it reads from, which is nothing
    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[Source:.*]\\)");

    private JsonTexts() {}

    static @Nullable Object read(String function, Object text) {
        if (!(text instanceof String) && !(text instanceof byte[])) {
            throw problem("Argument 'text' of '" + function + "' takes a text, not " + Conversions.describe(text));
        }
        try (JsonParser parser = FACTORY.createParser(Conversions.toText(text))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw problem("'" + function + "' takes JSON, not an empty text");
            }
            Object value = read(parser, first);
            if (parser.nextToken() != null) {
                throw problem(
                        "'" + function + "' takes one JSON value, but more follows in " + Conversions.describe(text));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw problem("'" + function + "' takes JSON, but " + Conversions.describe(text) + " is none: "
                    + SOURCE.matcher(e.getOriginalMessage()).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) parser.getDoubleValue()
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        String name = parser.nextFieldName();
        while (name != null) {
            object.put(name, read(parser, parser.nextToken()));
            name = parser.nextFieldName();
        }
        return object;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            array.add(read(parser, token));
            token = parser.nextToken();
        }
        return array;
    }

    static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : object.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(member.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> array) {
            generator.writeStartArray();
            for (Object element : array) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof byte[] bytes) {
            generator.writeBinary(bytes);
        } else if (value instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                throw problem("JSON has no number '" + number + "'");
            }
            generator.writeNumber(Conversions.toText(number));
        } else {
            generator.writeString(Conversions.toText(value));
        }
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
