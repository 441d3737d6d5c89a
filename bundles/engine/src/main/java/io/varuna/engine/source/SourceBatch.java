package io.varuna.engine.source;

import io.varuna.api.source.Position;
import io.varuna.engine.data.RowBatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of a stream, laid out as rows with the times of their arrival. Valid during the call only.
 *
 * @param metadata of each row
 * @param sequence counts the batches of the source, from 1
 * @param positions the last position of each partition in this batch
 */
public record SourceBatch(
        Layout layout,
        RowBatch rows,
        List<Map<String, @Nullable Object>> metadata,
        long sequence,
        Map<String, Position> positions) {}
