package io.varuna.testkit;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.sink.TransactionalSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every sink promises. Subclass it, say how to make a target and how to read it back, and inherit the tests. A sink
 * whose target can refuse rows or be away takes {@link FallibleSinkContract}, a {@link TransactionalSink} takes {@link
 * TransactionalSinkContract}.
 */
public abstract class SinkContract extends PluginContract {
    /** The columns of most tests. */
    protected static final Schema SCHEMA =
            Schema.of(new Column("id", DataType.BIGINT), new Column("name", DataType.VARCHAR));

    private static final int MANY = 2_000;
    private static final int BATCH = 256;

    private long checkpoint;

    @Override
    protected abstract SinkFactory<?> factory();

    /** Returns the properties a rule would give. */
    protected abstract Map<String, Object> properties();

    /** Makes an empty target for rows of {@code schema}; called before every test. Most targets need no more than a new name. */
    protected abstract void create(Schema schema) throws Exception;

    /** Reads back what is durable now, in the order of writing. Columns that are NULL are left out. */
    protected abstract List<Map<String, Object>> written(Schema schema) throws Exception;

    /** Returns what {@link #written} makes of a value, where the target cannot hold the type itself. */
    protected Object readBack(DataType type, Object value) {
        return value;
    }

    /** Returns the types that the target holds; those of {@link #readBack} count. */
    protected List<DataType> types() {
        return SampleValues.TYPES;
    }

    /** Returns names of columns that need care. */
    protected List<String> awkwardNames() {
        return List.of("order", "two words", "größe", "tick`and\"quote");
    }

    /** Returns how messages are encoded, for sinks that take them. */
    protected MessageEncoder encoder() {
        return MessageEncoder.JSON;
    }

    /** Returns the name of the format of {@link #encoder}. */
    protected String format() {
        return "json";
    }

    @Test
    void writesABatchInOrder() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"), values(2L, "bob"), values(3L, "cid"));
            makeDurable(sink);
            assertWritten(SCHEMA, values(1L, "ann"), values(2L, "bob"), values(3L, "cid"));
        }
    }

    @Test
    void writesManyBatchesInOrder() throws Exception {
        create(SCHEMA);
        List<@Nullable Object[]> rows = rows(MANY);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            for (int from = 0; from < MANY; from += BATCH) {
                write(sink, SCHEMA, rows.subList(from, Math.min(MANY, from + BATCH)), true);
            }
            makeDurable(sink);
            assertWritten(SCHEMA, rows);
        }
    }

    @Test
    void writesTheRowsOfOneMessage() throws Exception {
        create(SCHEMA);
        List<@Nullable Object[]> rows = rows(3);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, rows, false);
            makeDurable(sink);
            assertWritten(SCHEMA, rows);
        }
    }

    @Test
    void whatIsFlushedIsThereAfterEveryRow() throws Exception {
        create(SCHEMA);
        List<@Nullable Object[]> rows = rows(5);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            for (int i = 0; i < rows.size(); i++) {
                write(sink, SCHEMA, List.<@Nullable Object[]>of(rows.get(i)), true);
                makeDurable(sink);
                assertWritten(SCHEMA, rows.subList(0, i + 1));
            }
        }
    }

    @Test
    void nothingIsLostByARestartAfterEveryRow() throws Exception {
        create(SCHEMA);
        List<@Nullable Object[]> rows = rows(4);
        for (@Nullable Object[] row : rows) {
            try (TestContext context = context(SCHEMA);
                    Sink sink = open(context)) {
                write(sink, SCHEMA, List.<@Nullable Object[]>of(row), true);
                makeDurable(sink);
            }
        }
        assertWritten(SCHEMA, rows);
    }

    @Test
    void flushWithoutRowsIsHarmless() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            makeDurable(sink);
            write(sink, SCHEMA, values(1L, "ann"));
            makeDurable(sink);
            makeDurable(sink);
            assertWritten(SCHEMA, values(1L, "ann"));
        }
    }

    @TestFactory
    Stream<DynamicTest> takesValuesOfType() {
        return types().stream().map(type -> DynamicTest.dynamicTest(type.toString(), () -> takesValuesOf(type)));
    }

    private void takesValuesOf(DataType type) throws Exception {
        Schema schema = Schema.of(new Column("id", DataType.BIGINT), new Column("value", type));
        create(schema);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Object value : SampleValues.of(type)) {
            rows.add(values((long) rows.size(), value));
        }
        try (TestContext context = context(schema);
                Sink sink = open(context)) {
            write(sink, schema, rows, true);
            makeDurable(sink);
            assertWritten(schema, rows);
        }
    }

    @Test
    void takesNullAndMissingColumns() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, null), values(2L, Missing.VALUE), values(3L, "cid"));
            makeDurable(sink);
            assertWritten(SCHEMA, values(1L, null), values(2L, Missing.VALUE), values(3L, "cid"));
        }
    }

    @Test
    void takesAwkwardColumnNames() throws Exception {
        List<Column> columns = new ArrayList<>(List.of(new Column("id", DataType.BIGINT)));
        awkwardNames().forEach(name -> columns.add(new Column(name, DataType.VARCHAR)));
        Schema schema = new Schema(columns);
        create(schema);
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        row[0] = 1L;
        for (int i = 1; i < row.length; i++) {
            row[i] = "value " + i;
        }
        try (TestContext context = context(schema);
                Sink sink = open(context)) {
            write(sink, schema, List.<@Nullable Object[]>of(row), true);
            makeDurable(sink);
            assertWritten(schema, List.<@Nullable Object[]>of(row));
        }
    }

    @Test
    void closingOneLeavesItsNeighbourOpen() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA)) {
            Sink first = open(context);
            try (Sink second = open(context)) {
                write(first, SCHEMA, values(1L, "ann"));
                makeDurable(first);
                first.close();
                write(second, SCHEMA, values(2L, "bob"));
                makeDurable(second);
                assertThat(written(SCHEMA)).extracting(row -> row.get("id")).contains(readBack(DataType.BIGINT, 2L));
            }
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws Exception {
        create(SCHEMA);
        long[] id = {0};
        Threads.assertNoneLeftBy(
                () -> {
                    try (TestContext context = context(SCHEMA);
                            Sink sink = open(context)) {
                        write(sink, SCHEMA, values(id[0]++, "ann"));
                        makeDurable(sink);
                    }
                },
                this::mayOutlive);
    }

    @Test
    void closingLeavesNoClassesBehind() throws Exception {
        create(SCHEMA);
        assumeTrue(sharedConnection() == null && !mayKeepClasses(), "others may keep the classes");
        PluginCopy.assertCollected(factory(), connection(), (factory, connection) -> {
            try (TestContext context = context(SCHEMA, connection);
                    Sink sink = open(factory, context)) {
                write(sink, SCHEMA, values(1L, "ann"));
                makeDurable(sink);
            }
        });
    }

    /** Makes a context with {@link #properties} and {@link #connection}. */
    protected final TestContext context(Schema schema) {
        return context(schema, connection());
    }

    private TestContext context(Schema schema, @Nullable ConnectionFactory<?, ?> connection) {
        return TestContext.builder()
                .properties(properties())
                .connection(connection)
                .sharedConnection(sharedConnection())
                .schema(schema)
                .format(format())
                .build();
    }

    /** Opens the sink as the engine does. */
    protected final Sink open(TestContext context) throws Exception {
        return open(factory(), context);
    }

    private static <C> Sink open(SinkFactory<C> factory, TestContext context) throws Exception {
        return factory.open(Configurations.of(factory, context.properties()), context);
    }

    /** Writes a batch, a message a row, and ends the life of its rows. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    protected final void write(Sink sink, Schema schema, @Nullable Object[]... rows) throws Exception {
        write(sink, schema, List.of(rows), true);
    }

    /** Writes a batch and ends the life of its rows. */
    protected final void write(Sink sink, Schema schema, List<@Nullable Object[]> rows, boolean sendSingle)
            throws Exception {
        TestBatch batch = Rows.batch(schema, rows, encoder(), sendSingle);
        sink.write(batch);
        batch.expire();
    }

    /** Makes what was written durable and public, as the engine does where there are no checkpoints. */
    protected final void makeDurable(Sink sink) throws Exception {
        if (sink instanceof TransactionalSink transactional) {
            checkpoint++;
            transactional.prepare(checkpoint);
            transactional.commit(checkpoint);
        } else {
            sink.flush();
        }
    }

    /** Checks the target against rows as they were written. */
    protected final void assertWritten(Schema schema, @Nullable Object[]... rows) throws Exception {
        assertWritten(schema, List.of(rows));
    }

    /** Checks the target against rows as they were written. */
    protected final void assertWritten(Schema schema, List<@Nullable Object[]> rows) throws Exception {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Map<String, Object> record = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                Column column = schema.columns().get(i);
                Object value = row[i];
                if (value != null && value != Missing.VALUE) {
                    record.put(column.name(), readBack(column.type(), value));
                }
            }
            expected.add(record);
        }
        assertThat(written(schema))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(expected);
    }

    private static List<@Nullable Object[]> rows(int count) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(values((long) i, "name " + i));
        }
        return rows;
    }
}
