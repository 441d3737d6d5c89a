package io.varuna.plugin.codec.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.testkit.CodecContract;
import io.varuna.testkit.Rows;
import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinaryCodecTest extends CodecContract {
    private static final byte[] PAYLOAD = {1, 0, -1};

    @Override
    protected CodecFactory<?> factory() {
        return new BinaryCodec();
    }

    @Override
    protected List<DataType> types() {
        return List.of(DataType.VARBINARY);
    }

    @Override
    protected List<byte[]> malformed() {
        return List.of();
    }

    @Test
    void payloadIsColumnSelfOfAnOpenStream() throws Exception {
        @Nullable
        Object[] row = decode(decoder(Schema.OPEN), ByteBuffer.wrap(PAYLOAD)).get(0);
        assertThat(row).hasSize(1);
        assertThat(row[0]).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("self", PAYLOAD);
        Schema asked = Schema.of(new Column("other", DataType.ANY), new Column("self", DataType.ANY));
        assertThat(decode(decoder(asked), ByteBuffer.wrap(PAYLOAD)).get(0)).containsExactly(Missing.VALUE, PAYLOAD);
    }

    @Test
    void payloadIsNotCopiedWhereNobodyAsksForIt() throws Exception {
        assertThat(decode(decoder(Schema.of()), ByteBuffer.wrap(PAYLOAD)).get(0))
                .isEmpty();
    }

    @Test
    void columnsOfOtherTypesAreRefused() {
        assertThatThrownBy(() -> decoder(Schema.of(new Column("a", DataType.BIGINT))))
                .hasMessage("Format 'binary' takes one column of type BYTEA, not a BIGINT. Declare that one, or none");
    }

    @Test
    void rowsOfOtherShapesAreRefused() {
        Schema two = Schema.of(new Column("a", DataType.VARBINARY), new Column("b", DataType.BIGINT));
        assertThatThrownBy(() -> encode(encoder(), Rows.row(two, PAYLOAD, 1L)))
                .hasMessage("Format 'binary' takes rows with one value of type BYTEA, not (a BYTEA, b BIGINT)");
        assertThatThrownBy(() -> encode(encoder(), List.of(Rows.row(two, PAYLOAD, null), Rows.row(two, PAYLOAD, null))))
                .hasMessage("Format 'binary' takes one row a message, not 2. Set 'sendSingle' to true");
    }

    @Test
    void nullsBesideTheValueDoNotMatter() throws Exception {
        Schema two = Schema.of(new Column("a", DataType.VARBINARY), new Column("b", DataType.BIGINT));
        assertThat(encode(encoder(), List.of(Rows.row(two, PAYLOAD, null)))).isEqualTo(PAYLOAD);
    }
}
