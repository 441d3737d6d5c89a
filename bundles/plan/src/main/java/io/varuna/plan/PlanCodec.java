package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as bytes and reads them back, so that a rule starts again without its SQL being compiled. Whoever stores a
 * plan keeps the statement too: a plan of another {@link #VERSION} is compiled anew, not converted.
 */
public final class PlanCodec {
    private static final int MAGIC = 0x56504C4E;

    private static final Map<String, Class<?>> RECORDS = byName(
            Aggregate.class,
            AggregateCall.class,
            Analytic.class,
            Analytic.Call.class,
            Column.class,
            DataType.class,
            DedupTrigger.class,
            Delay.class,
            Expression.ContextValue.class,
            Expression.FunctionCall.class,
            Expression.InputColumn.class,
            Expression.MatchAggregate.class,
            Expression.Literal.class,
            Expression.Operation.class,
            Expression.RowValue.class,
            Expression.Subquery.class,
            Filter.class,
            GatheredJoin.class,
            IntervalJoin.class,
            Limit.class,
            LookupJoin.class,
            MatchRecognize.class,
            MatchRecognize.Definition.class,
            MatchRecognize.Skip.class,
            OuterRow.class,
            Output.class,
            Output.OutputColumn.class,
            Project.class,
            RulePlan.class,
            RowNumber.class,
            RowPattern.Choice.class,
            RowPattern.Exclusion.class,
            RowPattern.Repetition.class,
            RowPattern.Sequence.class,
            RowPattern.Variable.class,
            RunningAggregate.class,
            RunningAggregate.Frame.class,
            Scan.class,
            Scan.ScanColumn.class,
            Schema.class,
            SetOperation.class,
            Sort.class,
            Sort.Key.class,
            Totals.class,
            StreamDefinition.class,
            StreamOptions.class,
            Union.class,
            Unnest.class,
            Window.class,
            WindowAggregate.class,
            WindowJoin.class,
            WindowJoin.Input.class,
            WindowJoin.Step.class,
            WindowSpec.class);

    private static final Map<String, Class<?>> ENUMS = byName(
            DataType.Kind.class,
            Dialect.class,
            Expression.ContextValue.Kind.class,
            Expression.Subquery.Result.class,
            JoinKind.class,
            MatchRecognize.Skip.Target.class,
            Operator.class,
            Output.Presence.class,
            RunningAggregate.Frame.Unit.class,
            Scan.ColumnSource.class,
            SetOperation.Kind.class,
            StreamKind.class,
            WindowSpec.Kind.class,
            WindowSpec.Unit.class);

    /** Raised when the same records begin to mean something else. */
    private static final int MEANING = 1;

    /**
     * The version of the form: a checksum of the records and their components, so that a change of any of them makes another
     * one without anybody thinking of it.
     */
    public static final int VERSION = version(
            Stream.concat(RECORDS.values().stream(), ENUMS.values().stream()).toList());

    private PlanCodec() {}

    private static int version(List<Class<?>> types) {
        CRC32 checksum = new CRC32();
        checksum.update(MEANING);
        types.stream()
                .map(PlanCodec::form)
                .sorted()
                .forEach(form -> checksum.update(form.getBytes(StandardCharsets.UTF_8)));
        return (int) checksum.getValue();
    }

    /** Returns all of a type that what is written depends on. */
    static String form(Class<?> type) {
        Stream<String> parts = type.isEnum()
                ? Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name())
                : Stream.of(type.getRecordComponents())
                        .map(component -> component.getGenericType().getTypeName() + " " + component.getName());
        return type.getName() + parts.collect(Collectors.joining(", ", "(", ")"));
    }

    private static Map<String, Class<?>> byName(Class<?>... types) {
        return Stream.of(types).collect(Collectors.toMap(Class::getName, Function.identity()));
    }

    /** Tells whether records of this type can be part of what is written. */
    static boolean knows(Class<?> type) {
        return RECORDS.containsValue(type);
    }

    /** Returns the plan as bytes. */
    public static byte[] write(RulePlan plan) {
        return writeAny(plan);
    }

    /** Returns the definition as bytes. */
    public static byte[] write(StreamDefinition stream) {
        return writeAny(stream);
    }

    /**
     * Reads a plan.
     *
     * @throws IOException if the bytes are not a plan, or one of another version
     */
    public static RulePlan readPlan(byte[] bytes) throws IOException {
        return readAny(bytes, RulePlan.class);
    }

    /**
     * Reads the definition of a stream.
     *
     * @throws IOException if the bytes are not one, or one of another version
     */
    public static StreamDefinition readStream(byte[] bytes) throws IOException {
        return readAny(bytes, StreamDefinition.class);
    }

    private static byte[] writeAny(Record record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            write(record, out);
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static <T> T readAny(byte[] bytes, Class<T> type) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("These bytes are not a plan");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("The plan is of version " + version + ", this is version " + VERSION);
            }
            Object read = read(in);
            if (type.isInstance(read)) {
                return type.cast(read);
            }
            throw new IOException("These bytes are not a plan of a " + type.getSimpleName());
        } catch (IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | EOFException
                | UTFDataFormatException e) {
            throw new IOException("The plan is damaged", e);
        }
    }

    private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeByte('s');
            writeBytes(utf8, out);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 't' : 'f');
        } else if (value instanceof Instant time) {
            out.writeByte('z');
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        } else if (value instanceof byte[] bytes) {
            out.writeByte('b');
            writeBytes(bytes, out);
        } else if (value instanceof List<?> list) {
            out.writeByte('[');
            out.writeInt(list.size());
            for (Object element : list) {
                write(element, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte('{');
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
        } else if (value instanceof Enum<?> constant) {
            out.writeByte('e');
            out.writeUTF(known(ENUMS, constant.getDeclaringClass().getName()).getName());
            out.writeUTF(constant.name());
        } else if (value instanceof Record node) {
            writeRecord(node, out);
        } else {
            throw new IllegalArgumentException("A plan cannot hold a " + value.getClass());
        }
    }

    private static void writeRecord(Record node, DataOutputStream out) throws IOException {
        out.writeByte('r');
        out.writeUTF(known(RECORDS, node.getClass().getName()).getName());
        try {
            for (RecordComponent component : node.getClass().getRecordComponents()) {
                write(component.getAccessor().invoke(node), out);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(node.getClass() + " cannot be read", e);
        }
    }

    private static @Nullable Object read(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case '0' -> null;
            case 's' -> new String(readBytes(in), StandardCharsets.UTF_8);
            case 'l' -> in.readLong();
            case 'i' -> in.readInt();
            case 'd' -> in.readDouble();
            case 't' -> true;
            case 'f' -> false;
            case 'z' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case 'b' -> readBytes(in);
            case '[' -> readList(in);
            case '{' -> readMap(in);
            case 'e' -> readEnum(in);
            case 'r' -> readRecord(in);
            default -> throw new IOException("The plan is damaged: unknown tag " + tag);
        };
    }

    private static List<@Nullable Object> readList(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read(in));
        }
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> readMap(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(read(in), read(in));
        }
        return map;
    }

    private static Object readEnum(DataInputStream in) throws IOException {
        Class<?> type = known(ENUMS, in.readUTF());
        String name = in.readUTF();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IOException("The plan is damaged: " + type.getSimpleName() + " has no " + name);
    }

    private static Object readRecord(DataInputStream in) throws IOException {
        Class<?> type = known(RECORDS, in.readUTF());
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(in);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("The plan is damaged: " + type.getSimpleName() + " cannot be made", e);
        }
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("The plan is damaged: it ends too soon");
        }
        return in.readNBytes(length);
    }

    /** Only records of plans are read and written, whatever the bytes name. */
    private static Class<?> known(Map<String, Class<?>> types, String name) {
        Class<?> type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("A plan cannot hold a " + name);
        }
        return type;
    }
}
