package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.RecordCodecContract;
import io.varuna.testkit.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonCodecContractTest extends RecordCodecContract {
    @Override
    protected CodecFactory<?> factory() {
        return new JsonCodec();
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        // the engine turns it into a time, by the stream's TIMESTAMP_FORMAT
        return type.equals(DataType.TIMESTAMP) ? value.toString() : value;
    }

    @Test
    void whatIsWrittenIsReadByJacksonAsItWas() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Schema schema = Schema.of(
                new Column("a", DataType.ANY), new Column("Größe \"b\"", DataType.ANY), new Column("c", DataType.ANY));
        Encoder encoder = encoder();
        JacksonDecoder reader = new JacksonDecoder(Configurations.of(new JsonCodec(), Map.of()), schema);
        for (int i = 0; i < 5_000; i++) {
            @Nullable Object[] values = {value(random, 2), value(random, 2), value(random, 2)};
            byte[] payload = encode(encoder, Rows.row(schema, values));
            List<@Nullable Object[]> rows = new ArrayList<>();
            reader.decode(ByteBuffer.wrap(payload), rows::add);
            assertThat(rows).as("seed %s", seed).containsExactly(values);
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextLong() >> random.nextInt(64);
                // never whole: a whole double is written as a whole number
            case 2 -> (random.nextInt(100_000) + 0.5) / 128;
            case 3 -> random.nextDouble() * 1e-9;
            case 4 -> random.nextBoolean();
            case 5 -> random.ints(random.nextInt(40), 0, 0x250)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .append(random.nextBoolean() ? "😀" : "\\")
                    .toString();
            case 6 -> Arrays.asList(value(random, depth - 1), value(random, depth - 1));
            default -> Map.of("k\n", Objects.requireNonNullElse(value(random, depth - 1), "none"));
        };
    }

    @Override
    protected List<byte[]> malformed() {
        return Stream.of(
                        "",
                        " ",
                        "{",
                        "{\"value\":",
                        "{\"value\":tru}",
                        "7",
                        "null",
                        "[1]",
                        "{\"value\":true}x",
                        "{\"value\":NaN}",
                        "{'value':1}",
                        "\u0000")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
