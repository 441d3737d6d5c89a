package io.varuna.plugin.codec.json;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.data.DataType;
import io.varuna.testkit.RecordCodecContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

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
