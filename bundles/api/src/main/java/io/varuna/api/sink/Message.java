package io.varuna.api.sink;

import io.varuna.api.data.Row;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** One or several rows, encoded. */
@ProviderType
public interface Message {
    /** Returns the bytes; a fresh read-only view for every call. */
    ByteBuffer payload();

    /** Returns the rows that the payload holds. */
    List<Row> rows();

    /**
     * Fills in a text with placeholders, such as {@code devices/{{.id}}/state}, from the first row. Texts without
     * placeholders are returned as they are.
     */
    String fill(String template);
}
