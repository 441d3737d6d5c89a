package io.varuna.runtime;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The half of a format that the tests need: the source 'feed' has no bytes. */
final class JsonCodec implements CodecFactory<JsonCodec.Config> {
    @interface Config {
        String comment() default "";
    }

    @Override
    public Decoder decoder(Config config, Schema schema) {
        return (payload, out) -> {
            throw new IOException("records of these tests need no decoding");
        };
    }

    @Override
    public Encoder encoder(Config config) {
        return new Encoder() {
            @Override
            public void encode(Row row, OutputStream out) throws IOException {
                JSON.std.write(row.toMap(), out);
            }

            @Override
            public void encode(List<Row> rows, OutputStream out) throws IOException {
                JSON.std.write(rows.stream().map(Row::toMap).toList(), out);
            }
        };
    }
}
