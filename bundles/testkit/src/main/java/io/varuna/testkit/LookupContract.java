package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
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
 * What every lookup table promises: the rows of a key, all of them and no others, as they are. Subclass it, say how rows get
 * to where it looks, and inherit the tests. One whose other end can be away takes {@link FallibleLookupContract}.
 */
public abstract class LookupContract extends PluginContract {
    /** The columns of most tests; {@code id} tells rows apart. */
    protected static final Schema SCHEMA = Schema.of(
            new Column("id", DataType.BIGINT),
            new Column("room", DataType.VARCHAR),
            new Column("floor", DataType.BIGINT),
            new Column("name", DataType.VARCHAR));

    private static final int MANY = 500;

    @Override
    protected abstract LookupFactory<?> factory();

    /** Returns the properties a table would give. */
    protected abstract Map<String, Object> properties();

    /** Makes an empty place for rows of {@code schema}; called before every test. */
    protected abstract void create(Schema schema) throws Exception;

    /** Lets the place have these rows, each with all columns of the schema but those that are NULL. */
    protected abstract void provide(Schema schema, List<Map<String, Object>> rows) throws Exception;

    /** Tells whether the table sees only rows that come while it is open. */
    protected boolean mustBeOpenBefore() {
        return false;
    }

    /** Returns what the table's DATASOURCE says. */
    protected String dataSource() {
        return "";
    }

    /** Returns the types that the place holds. */
    protected List<DataType> types() {
        return SampleValues.TYPES;
    }

    /** Returns what becomes of a value, where the place cannot hold the type itself. */
    protected Object readBack(DataType type, Object value) {
        return value;
    }

    /** An open table and its surroundings. */
    protected static final class Opened implements AutoCloseable {
        private final TestContext context;
        private final LookupSource table;

        private Opened(TestContext context, LookupSource table) {
            this.context = context;
            this.table = table;
        }

        /** Returns the rows of a key without what they do not have. */
        public List<Map<String, Object>> find(Object... key) throws Exception {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Map<String, @Nullable Object> row : table.lookup(List.of(key))) {
                Map<String, Object> values = new LinkedHashMap<>();
                row.forEach((name, value) -> {
                    if (value != null && value != Missing.VALUE) {
                        values.put(name, value);
                    }
                });
                rows.add(values);
            }
            return rows;
        }

        @Override
        public void close() throws Exception {
            try (context) {
                table.close();
            }
        }
    }

    @Test
    void findsTheRowOfAKey() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(5), "id")) {
            assertThat(table.find(3L)).containsExactly(expected(SCHEMA, rows(5).get(3)));
            assertThat(table.find(0L)).containsExactly(expected(SCHEMA, rows(5).get(0)));
        }
    }

    @Test
    void findsNothingForAnUnknownKey() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(2), "id")) {
            assertThat(table.find(99L)).isEmpty();
        }
    }

    @Test
    void findsNothingInAnEmptyTable() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, List.of(), "id")) {
            assertThat(table.find(1L)).isEmpty();
        }
    }

    @Test
    void findsAllRowsOfAKey() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(6), "room")) {
            assertThat(table.find("room 1")).containsExactlyInAnyOrderElementsOf(expected(rows(6), 1, 4));
        }
    }

    @Test
    void takesKeysOfSeveralColumnsInTheirOrder() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(12), "room", "floor")) {
            assertThat(table.find("room 1", 0L)).containsExactlyInAnyOrderElementsOf(expected(rows(12), 4, 10));
        }
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(12), "floor", "room")) {
            assertThat(table.find(0L, "room 1")).containsExactlyInAnyOrderElementsOf(expected(rows(12), 4, 10));
        }
    }

    @Test
    void takesKeysThatAreNoSql() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(3), "room")) {
            assertThat(table.find("' OR '1' = '1")).isEmpty();
            assertThat(table.find("%")).isEmpty();
            assertThat(table.find("ROOM 1 ")).isEmpty();
        }
    }

    @Test
    void answersManyQuestions() throws Exception {
        create(SCHEMA);
        List<Map<String, Object>> rows = rows(MANY);
        try (Opened table = opened(SCHEMA, rows, "id")) {
            for (int i = 0; i < MANY; i++) {
                int id = (i * 7 + 3) % MANY;
                assertThat(table.find((long) id)).containsExactly(expected(SCHEMA, rows.get(id)));
            }
        }
    }

    @Test
    void answersTheSameAfterARestart() throws Exception {
        for (int i = 0; i < 3; i++) {
            create(SCHEMA);
            try (Opened table = opened(SCHEMA, rows(4), "id")) {
                assertThat(table.find(2L)).containsExactly(expected(SCHEMA, rows(4).get(2)));
            }
        }
    }

    @Test
    void returnsTheColumnsThatAreAskedFor() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(2), List.of("name", "floor"), "id")) {
            Map<String, Object> row = expected(SCHEMA, rows(2).get(1));
            assertThat(table.find(1L)).singleElement().satisfies(found -> assertThat(found)
                    .containsEntry("name", row.get("name"))
                    .containsEntry("floor", row.get("floor")));
        }
    }

    @Test
    void rowsMayLackColumns() throws Exception {
        create(SCHEMA);
        Map<String, Object> bare = new LinkedHashMap<>(Map.of("id", 7L));
        try (Opened table = opened(SCHEMA, List.of(bare), "id")) {
            assertThat(table.find(7L)).containsExactly(expected(SCHEMA, bare));
        }
    }

    @Test
    void rowsWithoutAKeyAreNotFound() throws Exception {
        create(SCHEMA);
        Map<String, Object> bare = new LinkedHashMap<>(Map.of("id", 7L));
        try (Opened table = opened(SCHEMA, List.of(bare), "room")) {
            assertThat(table.find("")).isEmpty();
            assertThat(table.find("null")).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> returnsValuesOfType() {
        return types().stream().map(type -> DynamicTest.dynamicTest(type.toString(), () -> returnsValuesOf(type)));
    }

    private void returnsValuesOf(DataType type) throws Exception {
        Schema schema = Schema.of(new Column("id", DataType.BIGINT), new Column("value", type));
        create(schema);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : SampleValues.of(type)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", (long) rows.size());
            row.put("value", value);
            rows.add(row);
        }
        try (Opened table = opened(schema, rows, "id")) {
            for (int i = 0; i < rows.size(); i++) {
                assertThat(table.find((long) i))
                        .usingRecursiveFieldByFieldElementComparator()
                        .containsExactly(expected(schema, rows.get(i)));
            }
        }
    }

    @Test
    void closingOneLeavesItsNeighbourOpen() throws Exception {
        create(SCHEMA);
        if (!mustBeOpenBefore()) {
            provide(SCHEMA, rows(2));
        }
        try (TestContext context = context(SCHEMA, connection())) {
            LookupSource first = open(factory(), context, List.of(), List.of("id"));
            try (LookupSource second = open(factory(), context, List.of(), List.of("id"))) {
                if (mustBeOpenBefore()) {
                    provide(SCHEMA, rows(2));
                }
                first.lookup(List.of(1L));
                first.close();
                assertThat(second.lookup(List.of(1L))).hasSize(1);
            }
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws Exception {
        Threads.assertNoneLeftBy(
                () -> {
                    create(SCHEMA);
                    try (Opened table = opened(SCHEMA, rows(1), "id")) {
                        table.find(0L);
                    }
                },
                this::mayOutlive);
    }

    @Test
    void closingLeavesNoClassesBehind() throws Exception {
        create(SCHEMA);
        assumeTrue(sharedConnection() == null && !mayKeepClasses(), "others may keep the classes");
        if (!mustBeOpenBefore()) {
            provide(SCHEMA, rows(1));
        }
        PluginCopy.assertCollected(factory(), connection(), (factory, connection) -> {
            try (TestContext context = context(SCHEMA, connection);
                    LookupSource table = open(factory, context, List.of(), List.of("id"))) {
                table.lookup(List.of(0L));
            }
        });
    }

    /** Opens a table over rows, and closes it and its connection together. */
    protected final Opened opened(Schema schema, List<Map<String, Object>> rows, String... keyColumns)
            throws Exception {
        return opened(schema, rows, List.of(), keyColumns);
    }

    private Opened opened(Schema schema, List<Map<String, Object>> rows, List<String> columns, String... keyColumns)
            throws Exception {
        if (!mustBeOpenBefore()) {
            provide(schema, rows);
        }
        TestContext context = context(schema, connection());
        Opened opened = new Opened(context, open(factory(), context, columns, List.of(keyColumns)));
        if (mustBeOpenBefore()) {
            provide(schema, rows);
        }
        return opened;
    }

    private static <C> LookupSource open(
            LookupFactory<C> factory, TestContext context, List<String> columns, List<String> keyColumns)
            throws Exception {
        return factory.open(Configurations.of(factory, context.properties()), columns, keyColumns, context);
    }

    private TestContext context(Schema schema, @Nullable ConnectionFactory<?, ?> connection) {
        return TestContext.builder()
                .properties(properties())
                .connection(connection)
                .sharedConnection(sharedConnection())
                .dataSource(dataSource())
                .schema(schema)
                .build();
    }

    /** Returns {@code count} rows: three rooms, two floors. */
    protected static List<Map<String, Object>> rows(int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", (long) i);
            row.put("room", "room " + i % 3);
            row.put("floor", i % 2L);
            row.put("name", "name " + i);
            rows.add(row);
        }
        return rows;
    }

    private List<Map<String, Object>> expected(List<Map<String, Object>> rows, int... indexes) {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int index : indexes) {
            expected.add(expected(SCHEMA, rows.get(index)));
        }
        return expected;
    }

    private Map<String, Object> expected(Schema schema, Map<String, Object> row) {
        Map<String, Object> expected = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            Object value = row.get(column.name());
            if (value != null) {
                expected.put(column.name(), readBack(column.type(), value));
            }
        }
        return expected;
    }
}
