package io.varuna.plugin.mysql;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.FallibleSinkContract;
import io.varuna.testkit.Json;
import io.varuna.testkit.TestContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@UsesMariaDb
class MySqlSinkTest extends FallibleSinkContract {
    private final MariaDbServer server = TestDatabase.SERVER;

    @Override
    protected SinkFactory<?> factory() {
        return new MySqlSink();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MySqlConnection();
    }

    @Override
    protected Map<String, Object> properties() {
        Map<String, Object> properties = TestDatabase.properties();
        properties.put("table", "target");
        return properties;
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return TestDatabase.mayOutlive(thread);
    }

    @Override
    protected void create(Schema schema) {
        TestDatabase.createTable("target", schema, "BIGINT PRIMARY KEY");
    }

    @Override
    protected List<Map<String, @Nullable Object>> written(Schema schema) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM target ORDER BY id")) {
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 0; i < schema.size(); i++) {
                    Column column = schema.columns().get(i);
                    Object value = value(result, i + 1, column.type());
                    if (value != null) {
                        row.put(column.name(), value);
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static @Nullable Object value(ResultSet result, int column, DataType type) throws SQLException {
        if (result.getObject(column) == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> result.getBoolean(column);
            case BIGINT -> result.getLong(column);
            case DOUBLE -> result.getDouble(column);
            case VARCHAR, ANY -> result.getString(column);
            case VARBINARY -> result.getBytes(column);
            case TIMESTAMP -> result.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
            case ARRAY, STRUCT -> Json.read(result.getString(column));
        };
    }

    @Override
    protected @Nullable Object[] refusedRow() {
        return values(1L, "another one with this key");
    }

    @Override
    protected void interrupt() {
        server.stop();
    }

    @Override
    protected void restore() {
        server.start();
    }

    @Test
    void fillsOnlyColumnsThatTheTableHas() throws Exception {
        create(SCHEMA);
        Schema wider = Schema.of(
                new Column("other", DataType.BIGINT),
                new Column("ID", DataType.BIGINT),
                new Column("name", DataType.VARCHAR));
        try (TestContext context = context(wider);
                Sink sink = open(context)) {
            write(sink, wider, values(9L, 1L, "ann"), values(9L, 2L, "bob"));
            assertWritten(SCHEMA, values(1L, "ann"), values(2L, "bob"));
        }
    }

    @Test
    void fillsTheNamedFieldsOnly() throws Exception {
        create(SCHEMA);
        Map<String, Object> properties = properties();
        properties.put("fields", List.of("id"));
        try (TestContext context = TestContext.builder()
                        .properties(properties)
                        .connection(connection())
                        .schema(SCHEMA)
                        .build();
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"));
            assertWritten(SCHEMA, values(1L, null));
        }
    }

    @Test
    void takesMillisecondsForColumnsThatHoldTimes() throws Exception {
        server.execute("DROP TABLE IF EXISTS target");
        server.execute("CREATE TABLE target (id BIGINT PRIMARY KEY, a DATETIME(3), b TIMESTAMP(3) NULL)");
        Schema schema = Schema.of(
                new Column("id", DataType.BIGINT), new Column("a", DataType.BIGINT), new Column("b", DataType.BIGINT));
        try (TestContext context = context(schema);
                Sink sink = open(context)) {
            write(sink, schema, values(1L, 1_700_000_000_123L, 1_700_000_000_123L));
        }
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            ResultSet result = statement.executeQuery("SELECT CAST(a AS CHAR), CAST(b AS CHAR) FROM target");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("2023-11-14 22:13:20.123");
            assertThat(result.getString(2)).isEqualTo("2023-11-14 22:13:20.123");
        }
    }

    @Test
    void missingTableIsWaitedFor() throws Exception {
        server.execute("DROP TABLE IF EXISTS target");
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            Exception failure = catchException(() -> write(sink, SCHEMA, values(1L, "ann")));
            assertThat(failure).hasMessageStartingWith("Table 'target' is not there. Create it");
            assertThat(factory().isTransient(failure)).isTrue();
            create(SCHEMA);
            write(sink, SCHEMA, values(1L, "ann"));
            assertWritten(SCHEMA, values(1L, "ann"));
        }
    }

    @Test
    void rowsWithAKnownKeyMayTakeThePlaceOfTheOld() throws Exception {
        create(SCHEMA);
        Map<String, Object> properties = properties();
        properties.put("onDuplicate", "update");
        try (TestContext context = TestContext.builder()
                        .properties(properties)
                        .connection(connection())
                        .schema(SCHEMA)
                        .build();
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"), values(2L, "bob"));
            write(sink, SCHEMA, values(1L, "cid"), values(3L, "dan"));
            assertWritten(SCHEMA, values(1L, "cid"), values(2L, "bob"), values(3L, "dan"));
        }
    }

    @Test
    void unknownWayWithDuplicatesIsRefused() {
        Map<String, Object> properties = properties();
        properties.put("onDuplicate", "merge");
        MySqlSink sink = new MySqlSink();
        assertThatThrownBy(() -> sink.validate(Configurations.of(sink, properties)))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Property 'onDuplicate' of 'mysql' takes error, update or ignore, not 'merge'");
    }
}
