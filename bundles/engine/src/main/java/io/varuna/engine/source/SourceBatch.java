package io.varuna.engine.source;

import io.varuna.api.source.Position;
import io.varuna.engine.data.ColumnBatch;
import java.util.Map;

/**
 * Records of a stream, laid out in columns with the times of their arrival and, as tags, what the source tells about them.
 * Valid during the call only.
 *
 * @param sequence counts the batches of the source, from 1
 * @param positions the last position of each partition in this batch
 * @param more whether the source has more at hand, so that another batch follows soon
 */
public record SourceBatch(
        Layout layout, ColumnBatch records, long sequence, Map<String, Position> positions, boolean more) {}
