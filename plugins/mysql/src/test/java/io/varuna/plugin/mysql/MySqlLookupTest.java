package io.varuna.plugin.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.FallibleLookupContract;
import io.varuna.testkit.TestContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@UsesMariaDb
class MySqlLookupTest extends FallibleLookupContract {
    private final MariaDbServer server = TestDatabase.SERVER;

    @Override
    protected LookupFactory<?> factory() {
        return new MySqlLookup();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MySqlConnection();
    }

    @Override
    protected Map<String, Object> properties() {
        return TestDatabase.properties();
    }

    @Override
    protected String dataSource() {
        return "asked";
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return TestDatabase.mayOutlive(thread);
    }

    @Override
    protected void create(Schema schema) {
        TestDatabase.createTable("asked", schema, "BIGINT");
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) throws SQLException {
        try (Connection connection = server.connect()) {
            TableColumns columns = TableColumns.of(connection, "asked");
            String marks = schema.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO asked VALUES (" + marks + ")")) {
                for (Map<String, Object> row : rows) {
                    for (int i = 0; i < schema.size(); i++) {
                        String name = schema.columns().get(i).name();
                        ColumnValue.set(insert, i + 1, Objects.requireNonNull(columns.find(name)), row.get(name));
                    }
                    insert.executeUpdate();
                }
            }
        }
    }

    @Override
    protected void interrupt() {
        server.stop();
    }

    @Override
    protected void restore() {
        server.start();
    }

    private TestContext context(Schema schema) {
        return TestContext.builder()
                .properties(properties())
                .connection(connection())
                .dataSource("asked")
                .schema(schema)
                .build();
    }

    private static LookupSource open(TestContext context, List<String> columns, String... key) throws Exception {
        MySqlLookup factory = new MySqlLookup();
        return factory.open(Configurations.of(factory, context.properties()), columns, List.of(key), context);
    }

    private void create(String columns, String... rows) {
        server.execute("DROP TABLE IF EXISTS asked");
        server.execute("CREATE TABLE asked (" + columns + ")");
        for (String row : rows) {
            server.execute("INSERT INTO asked VALUES (" + row + ")");
        }
    }

    @Test
    void asksForTheColumnsThatAreNeededAndForTheKeyOnly() throws Exception {
        create("id BIGINT, room TEXT, other TEXT", "1, 'cellar', 'x'");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("room"), "id")) {
            assertThat(table.lookup(List.of(1L))).containsExactly(Map.of("room", "cellar", "id", 1L));
        }
    }

    @Test
    void letsTheServerUseItsIndexAlsoForKeysOfAnotherType() throws Exception {
        create("id VARCHAR(20) PRIMARY KEY, room TEXT");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 200; i++) {
                statement.addBatch("INSERT INTO asked VALUES ('" + i + "', 'room " + i + "')");
            }
            statement.executeBatch();
            SelectStatement select =
                    SelectStatement.of("asked", TableColumns.of(connection, "asked"), List.of("room"), List.of("id"));
            try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + select.text())) {
                select.bind(explain, List.of(17L));
                ResultSet result = explain.executeQuery();
                assertThat(result.next()).isTrue();
                assertThat(result.getString("key")).isEqualTo("PRIMARY");
                assertThat(result.getLong("rows")).isEqualTo(1);
            }
        }
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("room"), "id")) {
            assertThat(table.lookup(List.of(17L))).containsExactly(Map.of("room", "room 17", "id", "17"));
        }
    }

    @Test
    void comparesExactlyWhereTheServerDoesNot() throws Exception {
        create("name VARCHAR(20), n BIGINT", "'ann', 1", "'Ann', 2", "'ann ', 3");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("n"), "name")) {
            assertThat(numbers(table.lookup(List.of("ann")))).containsExactly(1L);
            assertThat(numbers(table.lookup(List.of("ANN")))).isEmpty();
        }
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("n"), "n")) {
            assertThat(numbers(table.lookup(List.of("2")))).containsExactly(2L);
            assertThat(numbers(table.lookup(List.of(2.0)))).containsExactly(2L);
            assertThat(numbers(table.lookup(List.of("2nd")))).isEmpty();
        }
    }

    private static List<@Nullable Object> numbers(List<Map<String, @Nullable Object>> rows) {
        return rows.stream().<@Nullable Object>map(row -> row.get("n")).toList();
    }

    @Test
    void readsEveryTypeOfTheServer() throws Exception {
        create(
                "id BIGINT, a TINYINT, b INT UNSIGNED, c BIGINT UNSIGNED, d DECIMAL(10, 2), e DECIMAL(20, 0), f FLOAT,"
                        + " g DATE, h TIME, i YEAR, j TIMESTAMP NULL, k ENUM('x', 'y'), l BIT(1), m JSON, n CHAR(5)",
                "1, -5, 4000000000, 18446744073709551615, 1.25, 9007199254740993, 0.1,"
                        + " '2024-02-29', '12:34:56', 2024, '2024-02-29 12:00:00', 'y', b'1', '[1, {\"a\": 2}]', 'ab'",
                "2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of(), "id")) {
            assertThat(table.lookup(List.of(1L))).singleElement().satisfies(row -> assertThat(
                            row.values().toArray())
                    .containsExactly(
                            1L,
                            -5L,
                            4_000_000_000L,
                            0x1p64,
                            1.25,
                            9007199254740993L,
                            0.1,
                            Instant.parse("2024-02-29T00:00:00Z"),
                            "12:34:56",
                            2024L,
                            Instant.parse("2024-02-29T12:00:00Z"),
                            "y",
                            true,
                            "[1, {\"a\": 2}]",
                            "ab"));
            assertThat(table.lookup(List.of(2L)).get(0)).hasSize(15).containsEntry("id", 2L);
        }
    }

    @Test
    void givesValuesTheTypesThatTheTableDeclares() throws Exception {
        create("id INT, ok INT, at BIGINT, tags TEXT", "1, 1, 1700000000123, '[1, 2]'", "2, 0, NULL, 'no list'");
        Schema declared = Schema.of(
                new Column("id", DataType.VARCHAR),
                new Column("ok", DataType.BOOLEAN),
                new Column("at", DataType.TIMESTAMP),
                new Column("tags", DataType.array(DataType.DOUBLE)));
        try (TestContext context = context(declared);
                LookupSource table = open(context, List.of("ok", "at", "tags"), "id")) {
            assertThat(table.lookup(List.of("1")))
                    .containsExactly(Map.of(
                            "id",
                            "1",
                            "ok",
                            true,
                            "at",
                            Instant.ofEpochMilli(1_700_000_000_123L),
                            "tags",
                            List.of(1.0, 2.0)));
            assertThatThrownBy(() -> table.lookup(List.of("2")))
                    .isInstanceOf(VarunaException.class)
                    .hasMessage("Column 'tags' takes ARRAY(FLOAT), not 'no list' (STRING)");
        }
    }

    @Test
    void seesWhatOthersHaveWrittenMeanwhile() throws Exception {
        create("id BIGINT, n BIGINT", "1, 10");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("n"), "id")) {
            assertThat(numbers(table.lookup(List.of(1L)))).containsExactly(10L);
            server.execute("UPDATE asked SET n = 11");
            assertThat(numbers(table.lookup(List.of(1L)))).containsExactly(11L);
            server.execute("DELETE FROM asked");
            assertThat(table.lookup(List.of(1L))).isEmpty();
        }
    }

    @Test
    void missingColumnIsNamedAndFoundWhenItIsThere() throws Exception {
        create("id BIGINT, n BIGINT", "1, 10");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("room"), "id")) {
            assertThatThrownBy(() -> table.lookup(List.of(1L)))
                    .hasMessage("Table 'asked' has no column 'room'. It has: id, n");
            server.execute("ALTER TABLE asked ADD COLUMN room VARCHAR(20) DEFAULT 'cellar'");
            assertThat(table.lookup(List.of(1L))).containsExactly(Map.of("room", "cellar", "id", 1L));
        }
    }

    @Test
    void missingTableIsWaitedFor() throws Exception {
        server.execute("DROP TABLE IF EXISTS asked");
        try (TestContext context = context(Schema.OPEN);
                LookupSource table = open(context, List.of("n"), "id")) {
            Exception failure = catchException(() -> table.lookup(List.of(1L)));
            assertThat(failure).hasMessageStartingWith("Table 'asked' is not there. Create it");
            assertThat(factory().isTransient(failure)).isTrue();
            create("id BIGINT, n BIGINT", "1, 10");
            assertThat(numbers(table.lookup(List.of(1L)))).containsExactly(10L);
        }
    }

    @Test
    void tableWithoutANameIsRefused() throws Exception {
        try (TestContext context = TestContext.builder()
                .properties(properties())
                .connection(connection())
                .build()) {
            assertThatThrownBy(() -> open(context, List.of(), "id"))
                    .isInstanceOf(VarunaException.class)
                    .hasMessageEndingWith("needs the option DATASOURCE: the table to ask, or database.table");
        }
    }
}
