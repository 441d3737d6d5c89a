package io.varuna.api.sink;

import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A run of results with one schema: never empty, valid only during {@code write}. A sink takes either the rows, as a
 * database does, or the messages, as whatever sends bytes does.
 */
@ProviderType
public interface Batch extends Iterable<Row> {
    /** Returns the columns of the rows; every column that some row of the batch has is among them. */
    Schema schema();

    /** Returns the number of rows. */
    int size();

    /** Returns a row; do not keep it. */
    Row row(int index);

    /**
     * Returns the rows as messages in the rule's format: one for each row where the action says {@code sendSingle}, otherwise
     * one for each result, with all its rows. Encoded when first asked for.
     */
    List<Message> messages() throws Exception;
}
