package io.varuna.plugin.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@UsesMariaDb
class SqlLookupTest {
    private final MariaDbServer server = TestDatabase.SERVER;

    @ParameterizedTest
    @CsvSource({"dburl", "url"})
    void asksWithTheAddressOfEkuiper(String property) throws Exception {
        server.execute("DROP TABLE IF EXISTS named");
        server.execute("CREATE TABLE named (id BIGINT, name TEXT)");
        server.execute("INSERT INTO named VALUES (1, 'ann')");
        SqlLookup factory = new SqlLookup();
        String address = server.jdbcUrl().replace("jdbc:mysql://", "mysql://root@") + "?parseTime=true";
        try (TestContext context = TestContext.builder()
                        .properties(Map.of(property, address))
                        .connection(new SqlConnection())
                        .dataSource("named")
                        .build();
                LookupSource table = factory.open(
                        Configurations.of(factory, context.properties()), List.of("name"), List.of("id"), context)) {
            assertThat(table.lookup(List.of(1L))).containsExactly(Map.of("id", 1L, "name", "ann"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u:secret@host/db, names 'postgres'",
        "sqlserver://u:secret@host?database=db, names 'sqlserver'",
        "'', is missing"
    })
    void otherDatabasesAreRefusedByName(String address, String reason) {
        SqlConnection factory = new SqlConnection();
        SqlConnection.Config config = Configurations.of(factory, Map.of("dburl", address));
        assertThatThrownBy(() -> factory.open(config))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Property 'dburl' of 'sql' " + reason
                        + "; MySQL and MariaDB are there: mysql://user:password@host/database");
    }
}
