package io.varuna.benchmarks.part;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.plugin.codec.json.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a message to the three columns that a rule needs. */
@State(Scope.Thread)
public class DecodeBenchmark {
    private static final int MESSAGES = 4_096;
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    @Param
    private Shape shape = Shape.SMALL;

    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Decoder decoder = new JsonCodec()
            .decoder(
                    ConfigType.of(JsonCodec.Config.class).proxy(Map.of()),
                    Schema.of(
                            new Column("temperature", DataType.ANY),
                            new Column("humidity", DataType.ANY),
                            new Column("status", DataType.ANY)));
    private @Nullable Messages messages;
    private @Nullable ByteBuffer payload;
    private int next;

    /** Makes the messages. */
    @Setup
    public void prepare() {
        Messages made = Messages.of(shape, MESSAGES, 10_000);
        messages = made;
        payload = ByteBuffer.wrap(made.bytes());
    }

    /** Varuna's format {@code json}. */
    @Benchmark
    public void varuna(Blackhole hole) throws Exception {
        Messages from = Objects.requireNonNull(messages);
        int message = next();
        ByteBuffer buffer = Objects.requireNonNull(payload);
        buffer.limit(from.end(message)).position(from.start(message));
        decoder.decode(buffer, hole::consume);
    }

    /** Jackson, token by token, passing over what is not needed. */
    @Benchmark
    public void jackson(Blackhole hole) throws IOException {
        Messages from = Objects.requireNonNull(messages);
        int message = next();
        int start = from.start(message);
        try (JsonParser parser = factory.createParser(from.bytes(), start, from.end(message) - start)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "temperature" -> hole.consume(parser.getDoubleValue());
                    case "humidity" -> hole.consume(parser.getLongValue());
                    case "status" -> hole.consume(parser.getText());
                    default -> parser.skipChildren();
                }
            }
        }
    }

    /** Jackson, the whole message as a map. */
    @Benchmark
    public void map(Blackhole hole) throws IOException {
        Messages from = Objects.requireNonNull(messages);
        int message = next();
        int start = from.start(message);
        hole.consume(mapper.readValue(from.bytes(), start, from.end(message) - start, MAP));
    }

    private int next() {
        next = (next + 1) % MESSAGES;
        return next;
    }
}
