package io.varuna.testkit;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a format promises whose records have named columns. */
public abstract class RecordCodecContract extends CodecContract {
    private static final Schema SCHEMA = Schema.of(
            new Column("id", DataType.BIGINT),
            new Column("name", DataType.VARCHAR),
            new Column("size", DataType.DOUBLE));

    /** Tells whether several rows make one payload. */
    protected boolean holdsSeveralRows() {
        return true;
    }

    /** Tells whether a NULL and a column that is not there differ in a payload. */
    protected boolean tellsNullFromMissing() {
        return true;
    }

    /** Returns what a value becomes for a column whose type is not declared. */
    protected Object readUndeclared(Object value) {
        return value;
    }

    @Test
    void keepsColumnsApart() throws Exception {
        byte[] payload = encode(encoder(), Rows.row(SCHEMA, 1L, "ann", 2.5));
        assertThat(decode(decoder(SCHEMA), ByteBuffer.wrap(payload))).containsExactly(values(1L, "ann", 2.5));
    }

    @Test
    void readsOnlyTheColumnsThatAreAskedFor() throws Exception {
        byte[] payload = encode(encoder(), Rows.row(SCHEMA, 1L, "ann", 2.5));
        assertThat(decode(decoder(SCHEMA, askedFor("size", "id")), ByteBuffer.wrap(payload)))
                .containsExactly(values(2.5, 1L));
        assertThat(decode(decoder(SCHEMA, askedFor()), ByteBuffer.wrap(payload)))
                .containsExactly(values());
    }

    private static Schema askedFor(String... names) {
        return new Schema(java.util.Arrays.stream(names)
                .map(name -> SCHEMA.columns().get(SCHEMA.indexOf(name)))
                .toList());
    }

    @Test
    void readsTheWholeRecordIntoTheLastPlaceOfAnOpenSchema() throws Exception {
        byte[] payload = encode(encoder(), Rows.row(SCHEMA, 1L, "ann", 2.5));
        Schema open = new Schema(List.of(new Column("size", DataType.DOUBLE)), true);
        List<@Nullable Object[]> rows = decode(decoder(SCHEMA, open), ByteBuffer.wrap(payload));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).hasSize(2);
        assertThat(rows.get(0)[0]).isEqualTo(2.5);
        assertThat(rows.get(0)[1]).isInstanceOfSatisfying(Map.class, record -> assertThat(((Map<?, ?>) record).values())
                .<Object>extracting(value -> value)
                .containsExactly(readUndeclared(1L), readUndeclared("ann"), 2.5));
    }

    @Test
    void keepsNullAndMissingColumns() throws Exception {
        byte[] missing = encode(encoder(), Rows.row(SCHEMA, 1L, Missing.VALUE, 2.5));
        byte[] absent = encode(encoder(), Rows.row(SCHEMA, 1L, null, 2.5));
        if (tellsNullFromMissing()) {
            assertThat(decode(decoder(SCHEMA), ByteBuffer.wrap(missing)))
                    .containsExactly(values(1L, Missing.VALUE, 2.5));
            assertThat(decode(decoder(SCHEMA), ByteBuffer.wrap(absent))).containsExactly(values(1L, null, 2.5));
        } else {
            assertThat(absent).isEqualTo(missing);
        }
    }

    @Test
    void keepsRowsInOrder() throws Exception {
        if (holdsSeveralRows()) {
            List<Row> rows = List.of(
                    Rows.row(SCHEMA, 1L, "ann", 0.5),
                    Rows.row(SCHEMA, 2L, "bob", 1.5),
                    Rows.row(SCHEMA, 3L, "cid", 2.5));
            assertThat(decode(decoder(SCHEMA), ByteBuffer.wrap(encode(encoder(), rows))))
                    .containsExactly(values(1L, "ann", 0.5), values(2L, "bob", 1.5), values(3L, "cid", 2.5));
        }
    }
}
