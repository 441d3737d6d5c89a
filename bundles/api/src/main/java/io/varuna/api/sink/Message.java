package io.varuna.api.sink;

import io.varuna.api.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** One or several rows, encoded. Valid as long as the batch that it is of. */
@ProviderType
public interface Message {
    /** Returns the bytes; a fresh read-only view for every call. */
    ByteBuffer payload();

    /** Returns the number of bytes. */
    default int size() {
        return payload().remaining();
    }

    /** Writes the bytes, in one call; for sinks of many messages, as no object is made for it. */
    default void writeTo(OutputStream out) throws IOException {
        ByteBuffer bytes = payload();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.write(copy);
    }

    /** Returns the rows that the payload holds; made when they are looked at. */
    List<Row> rows();

    /**
     * Fills in a text with placeholders, such as {@code devices/{{.id}}/state}, from the first row. Texts without
     * placeholders are returned as they are.
     */
    String fill(String template);
}
