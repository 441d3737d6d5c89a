package io.varuna.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Missing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowOutputTest {
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final RowOutput out = new RowOutput(6, rows::add);

    @Test
    void cellsBecomeObjects() {
        byte[] text = "-Grüße-".getBytes(StandardCharsets.UTF_8);
        out.putLong(0, 7);
        out.putDouble(1, 2.5);
        out.putBoolean(2, true);
        out.putText(3, text, 1, text.length - 2);
        out.putNull(4);
        out.putObject(5, List.of(1L));
        out.endRecord();
        text[1] = 0;
        assertThat(rows).containsExactly(row(7L, 2.5, true, "Grüße", null, List.of(1L)));
    }

    @Test
    void columnsThatAreNotPutAreMissingAndTheLastPutCounts() {
        out.putLong(0, 1);
        out.putNull(0);
        out.putObject(5, "x");
        out.putLong(5, 2);
        out.endRecord();
        out.endRecord();
        assertThat(rows)
                .containsExactly(
                        row(null, Missing.VALUE, Missing.VALUE, Missing.VALUE, Missing.VALUE, 2L),
                        row(Missing.VALUE, Missing.VALUE, Missing.VALUE, Missing.VALUE, Missing.VALUE, Missing.VALUE));
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }
}
