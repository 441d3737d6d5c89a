package io.varuna.api.codec;

import io.varuna.api.data.Missing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of columns the rows that {@link Decoder#decode} passes on. Not thread-safe. */
public final class RowOutput implements ColumnOutput {
    private final Consumer<@Nullable Object[]> out;
    private final @Nullable Object[] none;
    private @Nullable Object[] row;

    /**
     * Creates an output.
     *
     * @param width the number of values in a row, as {@link io.varuna.api.data.Schema#width} says
     */
    public RowOutput(int width, Consumer<@Nullable Object[]> out) {
        this.out = out;
        this.none = new @Nullable Object[width];
        Arrays.fill(none, Missing.VALUE);
        this.row = none.clone();
    }

    @Override
    public void putLong(int column, long value) {
        row[column] = value;
    }

    @Override
    public void putDouble(int column, double value) {
        row[column] = value;
    }

    @Override
    public void putBoolean(int column, boolean value) {
        row[column] = value;
    }

    @Override
    public void putText(int column, byte[] utf8, int offset, int length) {
        row[column] = new String(utf8, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public void putNull(int column) {
        row[column] = null;
    }

    @Override
    public void putObject(int column, Object value) {
        row[column] = value;
    }

    @Override
    public void endRecord() {
        @Nullable Object[] ended = row;
        row = none.clone();
        out.accept(ended);
    }
}
