package io.varuna.api.codec;

import io.varuna.api.data.Row;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes rows as bytes. Not thread-safe; one per sink. */
@ConsumerType
public interface Encoder {
    /** Writes one row. Columns that the row does not have are left out; see {@link Row#isPresent}. */
    void encode(Row row, OutputStream out) throws Exception;

    /** Writes several rows as one message, such as a JSON array or lines of text. */
    void encode(List<Row> rows, OutputStream out) throws Exception;
}
