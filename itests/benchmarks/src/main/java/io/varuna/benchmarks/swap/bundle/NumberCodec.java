package io.varuna.benchmarks.swap.bundle;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a number as the columns n, and k, which has a thousand values. */
public final class NumberCodec implements CodecFactory<NumberCodec.Config> {
    /** How many values the column k has. */
    public static final long KEYS = 1_000;

    /** The format takes no properties. */
    public @interface Config {}

    @Override
    public Decoder decoder(Config config, Schema schema) {
        List<String> names = schema.names();
        return (payload, out) -> {
            long n = Long.parseLong(StandardCharsets.US_ASCII.decode(payload).toString());
            @Nullable Object[] row = new @Nullable Object[schema.width()];
            for (int i = 0; i < names.size(); i++) {
                row[i] = names.get(i).equals("n") ? n : n % KEYS;
            }
            out.accept(row);
        };
    }

    @Override
    public Encoder encoder(Config config) {
        return new Encoder() {
            @Override
            public void encode(Row row, OutputStream out) {
                throw new UnsupportedOperationException("the sink takes rows");
            }

            @Override
            public void encode(List<Row> rows, OutputStream out) {
                throw new UnsupportedOperationException("the sink takes rows");
            }
        };
    }
}
