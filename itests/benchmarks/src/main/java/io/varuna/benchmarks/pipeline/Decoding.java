package io.varuna.benchmarks.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.benchmarks.message.Messages;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.plugin.codec.json.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** From the bytes of messages to the three columns that the question needs, and no further. */
public final class Decoding implements Trial {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Messages messages;
    private final Way way;
    private int next;
    private long seen;

    private Decoding(Messages messages, Way way) {
        this.messages = messages;
        this.way = way;
    }

    /** Reads a message, and returns something that depends on all that was read. */
    private interface Way {
        long read(byte[] bytes, int from, int to) throws Exception;
    }

    /** Who decodes. */
    public enum Contender {
        VARUNA,
        JACKSON,
        MAP
    }

    public static Decoding of(Contender contender, Messages messages) {
        return new Decoding(
                messages,
                switch (contender) {
                    case VARUNA -> varuna();
                    case JACKSON -> jackson();
                    case MAP -> map();
                });
    }

    /** Varuna's format {@code json}. */
    private static Way varuna() {
        ColumnDecoder decoder = (ColumnDecoder) new JsonCodec()
                .decoder(
                        ConfigType.of(JsonCodec.Config.class).proxy(Map.of()),
                        Schema.of(
                                new Column("temperature", DataType.ANY),
                                new Column("humidity", DataType.ANY),
                                new Column("status", DataType.ANY)));
        Sum sum = new Sum();
        return (bytes, from, to) -> {
            decoder.decode(ByteBuffer.wrap(bytes, from, to - from), sum);
            return sum.seen;
        };
    }

    /** Jackson, token by token, passing over what is not needed. */
    private static Way jackson() {
        JsonFactory factory = new JsonFactory();
        return (bytes, from, to) -> {
            try (JsonParser parser = factory.createParser(bytes, from, to - from)) {
                return columns(parser);
            }
        };
    }

    private static long columns(JsonParser parser) throws IOException {
        long seen = 0;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "temperature" -> seen += (long) parser.getDoubleValue();
                case "humidity" -> seen += parser.getLongValue();
                case "status" -> seen += parser.getText().length();
                default -> parser.skipChildren();
            }
        }
        return seen;
    }

    /** Jackson, the whole message as a map. */
    private static Way map() {
        ObjectMapper mapper = new ObjectMapper();
        return (bytes, from, to) ->
                mapper.readValue(bytes, from, to - from, MAP).size();
    }

    /** Decodes one message, the next each time. */
    public long decodeNext() throws Exception {
        int message = next;
        next = message + 1 == messages.count() ? 0 : message + 1;
        return way.read(messages.bytes(), messages.start(message), messages.end(message));
    }

    @Override
    public long run() throws Exception {
        for (int i = 0; i < messages.count(); i++) {
            seen += decodeNext();
        }
        return messages.count();
    }

    @Override
    public String toString() {
        return "seen: " + seen;
    }

    /** Adds up what is put, so that it has to be computed. */
    private static final class Sum implements ColumnOutput {
        private long seen;

        @Override
        public void putLong(int column, long value) {
            seen += value;
        }

        @Override
        public void putDouble(int column, double value) {
            seen += (long) value;
        }

        @Override
        public void putBoolean(int column, boolean value) {
            seen++;
        }

        @Override
        public void putText(int column, byte[] utf8, int offset, int length) {
            seen += length;
        }

        @Override
        public void putNull(int column) {
            seen++;
        }

        @Override
        public void putObject(int column, Object value) {
            seen++;
        }

        @Override
        public void endRecord() {
            seen++;
        }
    }
}
