package io.varuna.engine;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.data.OutputRow;
import org.jspecify.annotations.Nullable;

/** Errors as rows of the output, for rules with {@code sendError}. */
final class ErrorRows {
    private static final Schema SCHEMA = Schema.of(new Column("error", DataType.VARCHAR));

    private ErrorRows() {}

    static OutputRow of(Exception cause, long time) {
        return new OutputRow(SCHEMA, new @Nullable Object[] {DeadLetters.message(cause)}, time);
    }
}
