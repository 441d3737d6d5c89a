package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.testkit.RecordCodecContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class DelimitedCodecContractTest extends RecordCodecContract {
    @Override
    protected CodecFactory<?> factory() {
        return new DelimitedCodec();
    }

    @Override
    protected Map<String, Object> properties(Schema declared) {
        return Map.of("fields", declared.names());
    }

    @Override
    protected List<DataType> types() {
        return List.of(
                DataType.BIGINT,
                DataType.BOOLEAN,
                DataType.DOUBLE,
                DataType.VARCHAR,
                DataType.VARBINARY,
                DataType.TIMESTAMP);
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        // the engine turns it into a time, by the stream's TIMESTAMP_FORMAT
        return value instanceof Instant ? value.toString() : value;
    }

    @Override
    protected Object readUndeclared(Object value) {
        return value.toString();
    }

    @Override
    protected boolean tellsNullFromMissing() {
        return false;
    }

    @Override
    protected List<byte[]> malformed() {
        return List.of(
                new byte[0],
                "\n".getBytes(StandardCharsets.UTF_8),
                "x".getBytes(StandardCharsets.UTF_8),
                "1,2".getBytes(StandardCharsets.UTF_8),
                "\"1".getBytes(StandardCharsets.UTF_8),
                new byte[] {'1', -1});
    }
}
