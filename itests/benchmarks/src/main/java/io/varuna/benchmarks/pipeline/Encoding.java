package io.varuna.benchmarks.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.ColumnRow;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.plugin.codec.json.JsonCodec;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** From columns in memory to the bytes of a message: a computed number, a whole one and a text. */
public final class Encoding implements Trial {
    private static final int ROWS = 4_096;

    private final Cells cells = new Cells();
    private final ByteOutput out = new ByteOutput(256);
    private final Way way;
    private int next;
    private long written;

    private Encoding(Contender contender) {
        this.way = switch (contender) {
            case VARUNA -> varuna();
            case JACKSON -> jackson();
            case MAP -> map();
        };
    }

    /** Writes the row on which the cells stand. */
    private interface Way {
        void write(Cells row, ByteOutput out) throws Exception;
    }

    /** Who encodes. */
    public enum Contender {
        VARUNA,
        JACKSON,
        MAP
    }

    public static Encoding of(Contender contender) {
        return new Encoding(contender);
    }

    /** Varuna's format {@code json}. */
    private static Way varuna() {
        ColumnEncoder encoder = (ColumnEncoder)
                new JsonCodec().encoder(ConfigType.of(JsonCodec.Config.class).proxy(Map.of()));
        return encoder::encode;
    }

    /** Jackson, token by token. */
    private static Way jackson() {
        JsonFactory factory = new JsonFactory();
        return (cells, out) -> {
            try (JsonGenerator generator = factory.createGenerator(out)) {
                generator.writeStartObject();
                generator.writeNumberField("f", cells.numbers[cells.row]);
                generator.writeNumberField("humidity", cells.wholes[cells.row]);
                generator.writeStringField("status", cells.texts[cells.row]);
                generator.writeEndObject();
            }
        };
    }

    /** Jackson, of a map. */
    private static Way map() {
        ObjectMapper mapper = new ObjectMapper();
        return (cells, out) -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("f", cells.numbers[cells.row]);
            map.put("humidity", cells.wholes[cells.row]);
            map.put("status", cells.texts[cells.row]);
            mapper.writeValue((OutputStream) out, map);
        };
    }

    /** Encodes one row, the next each time, and returns how many bytes it takes. */
    public int encodeNext() throws Exception {
        cells.row = next;
        next = next + 1 == ROWS ? 0 : next + 1;
        out.size(0);
        way.write(cells, out);
        return out.size();
    }

    /** Returns the message that was made last. */
    byte[] lastMessage() {
        return out.toByteArray();
    }

    @Override
    public long run() throws Exception {
        for (int i = 0; i < ROWS; i++) {
            written += encodeNext();
        }
        return ROWS;
    }

    @Override
    public String toString() {
        return "written: " + written;
    }

    /** The rows, and which one it is the turn of. */
    private static final class Cells implements ColumnRow {
        private static final String[] STATES = {"ok", "off", "idle"};
        private static final CellKind[] KINDS = {CellKind.DOUBLE, CellKind.LONG, CellKind.TEXT};
        private static final Schema SCHEMA = Schema.of(
                new Column("f", DataType.ANY),
                new Column("humidity", DataType.ANY),
                new Column("status", DataType.ANY));

        private final double[] numbers = new double[ROWS];
        private final long[] wholes = new long[ROWS];
        private final String[] texts = new String[ROWS];
        private final byte[][] utf8 = new byte[ROWS][];
        private int row;

        Cells() {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < ROWS; i++) {
                numbers[i] = random.nextInt(100, 350) / 10.0 * 1.8 + 32;
                wholes[i] = random.nextInt(20, 90);
                texts[i] = STATES[random.nextInt(STATES.length)];
                utf8[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            }
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public CellKind kind(int column) {
            return KINDS[column];
        }

        @Override
        public long longAt(int column) {
            return wholes[row];
        }

        @Override
        public double doubleAt(int column) {
            return numbers[row];
        }

        @Override
        public boolean booleanAt(int column) {
            throw new IllegalArgumentException("no boolean in column " + column);
        }

        @Override
        public byte[] textAt(int column) {
            return utf8[row];
        }

        @Override
        public int textOffset(int column) {
            return 0;
        }

        @Override
        public int textLength(int column) {
            return utf8[row].length;
        }

        @Override
        public Object objectAt(int column) {
            throw new IllegalArgumentException("no object in column " + column);
        }
    }
}
