package io.varuna.testkit;

import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes the bytes of a message. */
@FunctionalInterface
public interface MessageEncoder {
    /** JSON: an object for a single row, otherwise an array of objects. */
    MessageEncoder JSON = (rows, single) -> Json.write(
                    single ? rows.get(0).toMap() : rows.stream().map(Row::toMap).toList())
            .getBytes(StandardCharsets.UTF_8);

    /**
     * Encodes rows.
     *
     * @param single whether the message is for one row by itself, as the action's {@code sendSingle} says
     */
    byte[] encode(List<Row> rows, boolean single) throws Exception;

    /** Returns the encoder of a format. */
    static MessageEncoder of(Encoder encoder) {
        return (rows, single) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (single) {
                encoder.encode(rows.get(0), out);
            } else {
                encoder.encode(rows, out);
            }
            return out.toByteArray();
        };
    }
}
