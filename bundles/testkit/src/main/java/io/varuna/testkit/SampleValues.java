package io.varuna.testkit;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values of every type that have broken somebody's software before. */
final class SampleValues {
    /** Every type that a column of a result may have. */
    static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.BIGINT,
            DataType.DOUBLE,
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.TIMESTAMP,
            DataType.array(DataType.BIGINT),
            DataType.array(DataType.VARCHAR),
            DataType.struct(new Schema(
                    List.of(new Column("a", DataType.BIGINT), new Column("b", DataType.array(DataType.DOUBLE))))));

    private SampleValues() {}

    static List<Object> of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> List.of(true, false);
            case BIGINT -> List.of(0L, -1L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE);
            case DOUBLE -> List.of(0.5, -2.25, 0.1, 1e300, -4.9e-300, 123456789.125);
            case VARCHAR -> List.of(
                    "ann",
                    "",
                    "two words",
                    "it's \"quoted\" `here`",
                    "a,b;c|d\te",
                    "back\\slash",
                    "Grüße, 世界 😀",
                    "NULL");
            case VARBINARY -> List.of(new byte[0], everyByte(), new byte[] {1, 2, 3});
            case TIMESTAMP -> List.of(
                    Instant.EPOCH, Instant.parse("2024-02-29T23:59:59.123Z"), Instant.parse("1999-12-31T00:00:00Z"));
            case ARRAY -> List.of(
                    List.of(), list(type), List.of(of(element(type)).get(0)));
            case STRUCT -> List.of(Map.of("a", 7L, "b", List.of(1.5, -0.25)));
            case ANY -> List.of(1L, 2.5, "text", true);
        };
    }

    private static DataType element(DataType array) {
        return java.util.Objects.requireNonNull(array.element());
    }

    private static List<Object> list(DataType array) {
        return of(element(array));
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
