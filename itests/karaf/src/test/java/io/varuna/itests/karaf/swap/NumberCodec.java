package io.varuna.itests.karaf.swap;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a number as the columns n, and k, the rest of a division by four. */
public final class NumberCodec implements CodecFactory<NumberCodec.Config> {
    /** It takes no properties. */
    public @interface Config {}

    @Override
    public Decoder decoder(Config config, Schema schema) {
        List<String> names = schema.names();
        return (payload, out) -> {
            long n = Long.parseLong(StandardCharsets.UTF_8.decode(payload).toString());
            @Nullable Object[] row = new @Nullable Object[schema.width()];
            Arrays.fill(row, Missing.VALUE);
            for (int i = 0; i < names.size(); i++) {
                row[i] = names.get(i).equals("n") ? n : n % 4;
            }
            out.accept(row);
        };
    }

    @Override
    public Encoder encoder(Config config) {
        throw new UnsupportedOperationException("numbers are only read");
    }
}
