package io.varuna.api.source;

import java.util.Objects;

/**
 * A place to read on from, within a partition that the source names as it likes.
 *
 * @param offset understood by the source only; kept with the rule's state
 */
public record Position(String partition, String offset) {
    public Position {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(offset, "offset");
    }
}
