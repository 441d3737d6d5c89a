package io.varuna.testkit;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.codec.RowOutput;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.VarunaException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every format promises: whatever is encoded is decoded as it was. Subclass it and inherit the tests. A format for
 * records of several columns takes {@link RecordCodecContract}.
 */
public abstract class CodecContract extends PluginContract {
    @Override
    protected abstract CodecFactory<?> factory();

    /** Returns the properties of a stream that is declared with these columns. */
    protected Map<String, Object> properties(Schema declared) {
        return Map.of();
    }

    /** Returns the types that the format holds, perhaps as text that the declared column brings back. */
    protected List<DataType> types() {
        return SampleValues.TYPES;
    }

    /** Returns the value that is decoded from one that was encoded, where the format cannot keep it. */
    protected Object readBack(DataType type, Object value) {
        return value;
    }

    /** Returns payloads that are none in this format; empty if everything is one. */
    protected abstract List<byte[]> malformed();

    @TestFactory
    Stream<DynamicTest> keepsValuesOfType() {
        return types().stream().map(type -> DynamicTest.dynamicTest(type.toString(), () -> keepsValuesOf(type)));
    }

    private void keepsValuesOf(DataType type) throws Exception {
        Schema schema = Schema.of(new Column("value", type));
        Decoder decoder = decoder(schema);
        Encoder encoder = encoder();
        for (Object value : SampleValues.of(type)) {
            byte[] payload = encode(encoder, Rows.row(schema, value));
            assertThat(decode(decoder, ByteBuffer.wrap(payload)))
                    .as("'%s' there and back", value)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(values(readBack(type, value)));
        }
    }

    @Test
    void readsWhateverKindOfBuffer() throws Exception {
        Schema schema = schemaOfFirstType();
        Object value = firstValue();
        byte[] payload = encode(encoder(), Rows.row(schema, value));
        byte[] padded = new byte[payload.length + 7];
        System.arraycopy(payload, 0, padded, 3, payload.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(payload.length + 5).position(5);
        direct.put(payload).position(5);
        Decoder decoder = decoder(schema);
        for (ByteBuffer buffer : List.of(
                ByteBuffer.wrap(padded, 3, payload.length),
                ByteBuffer.wrap(padded, 3, payload.length).slice(),
                ByteBuffer.wrap(padded, 3, payload.length).asReadOnlyBuffer(),
                direct)) {
            assertThat(decode(decoder, buffer))
                    .as("decoded from %s", buffer)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(values(readBack(types().get(0), value)));
        }
    }

    @Test
    void keepsNothingOfTheBuffer() throws Exception {
        Schema schema = schemaOfFirstType();
        Object value = firstValue();
        byte[] payload = encode(encoder(), Rows.row(schema, value));
        List<@Nullable Object[]> rows = decode(decoder(schema), ByteBuffer.wrap(payload));
        Arrays.fill(payload, (byte) 0);
        assertThat(rows)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(values(readBack(types().get(0), value)));
    }

    @TestFactory
    Stream<DynamicTest> refusesMalformed() {
        return malformed().stream()
                .map(payload -> DynamicTest.dynamicTest(
                        "'" + new String(payload, StandardCharsets.UTF_8) + "'", () -> refuses(payload)));
    }

    private void refuses(byte[] payload) throws Exception {
        Schema schema = schemaOfFirstType();
        Decoder decoder = decoder(schema);
        Exception failure = catchException(() -> decode(decoder, ByteBuffer.wrap(payload)));
        assertThat(failure).isInstanceOf(VarunaException.class).hasMessageNotContaining("\n");
        assertThat(((VarunaException) failure).code().kind()).isEqualTo(ErrorKind.DATA);
        if (decoder instanceof ColumnDecoder columns) {
            assertThatThrownBy(() -> columns.decode(ByteBuffer.wrap(payload), new RowOutput(1, row -> {})))
                    .isInstanceOf(VarunaException.class)
                    .hasMessage(failure.getMessage());
        }
        Object value = firstValue();
        assertThat(decode(decoder, ByteBuffer.wrap(encode(encoder(), Rows.row(schema, value)))))
                .as("the record after the malformed one")
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(values(readBack(types().get(0), value)));
    }

    private Schema schemaOfFirstType() {
        return Schema.of(new Column("value", types().get(0)));
    }

    private Object firstValue() {
        List<Object> samples = SampleValues.of(types().get(0));
        return samples.get(samples.size() - 1);
    }

    protected final Decoder decoder(Schema schema) {
        return decoder(factory(), schema, schema);
    }

    /** Returns the decoder of a stream that is declared with some columns and asked for others. */
    protected final Decoder decoder(Schema declared, Schema askedFor) {
        return decoder(factory(), declared, askedFor);
    }

    private <C> Decoder decoder(CodecFactory<C> factory, Schema declared, Schema askedFor) {
        return factory.decoder(Configurations.of(factory, properties(declared)), askedFor);
    }

    protected final Encoder encoder() {
        return encoder(factory());
    }

    private <C> Encoder encoder(CodecFactory<C> factory) {
        return factory.encoder(Configurations.of(factory, properties(Schema.OPEN)));
    }

    /** Encodes a row; an encoder of columns must write the same for columns. */
    protected static byte[] encode(Encoder encoder, Row row) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(row, out);
        if (encoder instanceof ColumnEncoder columns) {
            ObjectColumns rows = new ObjectColumns(List.of(row));
            assertThat(rows.next()).isTrue();
            ByteOutput same = new ByteOutput(1);
            columns.encode(rows, same);
            assertThat(same.toByteArray()).as("what is encoded of columns").isEqualTo(out.toByteArray());
        }
        return out.toByteArray();
    }

    /** Encodes rows; an encoder of columns must write the same for columns. */
    protected static byte[] encode(Encoder encoder, List<Row> rows) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(rows, out);
        if (encoder instanceof ColumnEncoder columns) {
            ByteOutput same = new ByteOutput(1);
            columns.encodeAll(new ObjectColumns(rows), same);
            assertThat(same.toByteArray()).as("what is encoded of columns").isEqualTo(out.toByteArray());
        }
        return out.toByteArray();
    }

    /** Decodes a payload; a decoder of columns must put the same into columns. */
    protected static List<@Nullable Object[]> decode(Decoder decoder, ByteBuffer payload) throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        decoder.decode(payload.duplicate(), rows::add);
        if (decoder instanceof ColumnDecoder columns) {
            List<@Nullable Object[]> same = new ArrayList<>();
            columns.decode(payload.duplicate(), new RowOutput(rows.isEmpty() ? 0 : rows.get(0).length, same::add));
            assertThat(same)
                    .as("what is put into columns")
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(rows);
        }
        return rows;
    }
}
