package io.varuna.testkit;

import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows and batches for tests. */
public final class Rows {
    private Rows() {}

    /** Returns its arguments; {@link io.varuna.api.data.Missing#VALUE} stands for a column that the row does not have. */
    public static @Nullable Object[] values(@Nullable Object... values) {
        return values;
    }

    /** Returns a row at the epoch. */
    public static Row row(Schema schema, @Nullable Object... values) {
        return new TestRow(schema, values, Instant.EPOCH);
    }

    /** Returns a batch with one JSON message for each row. */
    public static TestBatch batch(Schema schema, @Nullable Object[]... rows) {
        return batch(schema, Arrays.asList(rows), MessageEncoder.JSON, true);
    }

    /** Returns a batch with one message, a JSON array, for all rows. */
    public static TestBatch batchAsOneMessage(Schema schema, @Nullable Object[]... rows) {
        return batch(schema, Arrays.asList(rows), MessageEncoder.JSON, false);
    }

    /** Returns a batch with one message for each row, or one for all. */
    public static TestBatch batch(
            Schema schema, List<@Nullable Object[]> rows, MessageEncoder encoder, boolean sendSingle) {
        return new TestBatch(
                schema,
                rows.stream()
                        .map(values -> new TestRow(schema, values, Instant.EPOCH))
                        .toList(),
                encoder,
                sendSingle);
    }
}
