package io.varuna.plugin.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads records token by token; columns that nobody asks for are skipped, not read. */
final class JacksonDecoder implements Decoder {
    private static final int LONGEST_NUMBER = 1_000;

    private final JsonFactory factory;
    private final JacksonRecords records;
    private final int maxDepth;
    private final int maxSize;

    JacksonDecoder(JsonCodec.Config config, Schema schema) {
        this.maxDepth = config.maxDepth();
        this.maxSize = config.maxSize();
        this.factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxSize)
                        .maxNameLength(maxSize)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                // names come from outside: interning them would fill a table that is never emptied
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        this.records = JacksonRecords.of(schema, config.useInt64ForWholeNumber());
    }

    @Override
    public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) throws IOException {
        int size = payload.remaining();
        if (size > maxSize) {
            throw malformed("The payload has " + size + " bytes, but 'maxSize' is " + maxSize);
        }
        try (JsonParser parser = parser(payload)) {
            readAll(parser, out);
        } catch (StreamConstraintsException e) {
            throw malformed(constraint(e), e);
        } catch (JsonEOFException e) {
            throw malformed("The JSON ends too early, at byte " + size, e);
        } catch (JsonProcessingException e) {
            throw malformed("Not JSON at byte " + offset(e) + ": " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private JsonParser parser(ByteBuffer payload) throws IOException {
        if (payload.hasArray()) {
            return factory.createParser(
                    payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        }
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return factory.createParser(copy);
    }

    private void readAll(JsonParser parser, Consumer<@Nullable Object[]> out) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw malformed("The payload is empty");
        }
        if (first == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                out.accept(readRecord(parser));
            }
        } else {
            out.accept(readRecord(parser));
        }
        if (parser.nextToken() != null) {
            throw malformed("There is more after the JSON, at byte "
                    + parser.currentTokenLocation().getByteOffset()
                    + ". Several records are written as an array");
        }
    }

    private @Nullable Object[] readRecord(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("A record must be an object, but there is " + kind(parser.currentToken()) + " at byte "
                    + parser.currentTokenLocation().getByteOffset());
        }
        return records.read(parser);
    }

    private String constraint(StreamConstraintsException e) {
        String message = firstLine(e.getOriginalMessage());
        return message.contains("nesting depth")
                ? "The JSON is nested deeper than " + maxDepth + " levels ('maxDepth'), at byte " + offset(e)
                : "The JSON goes beyond a limit at byte " + offset(e) + ": " + message;
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            default -> token.asString() == null ? token.name() : "'" + token.asString() + "'";
        };
    }

    private static long offset(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    static VarunaException malformed(String message) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message);
    }

    private static VarunaException malformed(String message, Exception cause) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message, cause);
    }
}
