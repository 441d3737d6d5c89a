package io.varuna.plugin.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@UsesMariaDb
class SqlTemplateTest {
    private static final List<String> KEY = List.of("id", "room");

    private final MariaDbServer server = TestDatabase.SERVER;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM t WHERE id = {{.id}} | SELECT * FROM t WHERE id = ? | 1",
                "SELECT * FROM t WHERE id = '{{.id}}' | SELECT * FROM t WHERE id = ? | 1",
                "SELECT * FROM t WHERE id = \"{{ .id }}\" | SELECT * FROM t WHERE id = ? | 1",
                "SELECT '{{x' FROM t WHERE room LIKE '%{{.room}}/{{.id}}%' | SELECT '{{x' FROM t WHERE room LIKE ? | 1",
                "SELECT 'it''s', `a\"b` FROM t -- it's | SELECT 'it''s', `a\"b` FROM t -- it's | 0",
                "SELECT {{.room}} /* '{' */ - {{.id}} | SELECT ? /* '{' */ - ? | 2"
            })
    void valuesAreParameters(String template, String text, int parameters) {
        SqlTemplate read = SqlTemplate.of(template, KEY);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.parameters()).hasSize(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT {{.other}} | {{.other}} stands for no column that the join compares. It compares: id, room",
                "SELECT {{if .id}}1{{end}} | {{if .id}} stands for no column",
                "SELECT * FROM `{{.room}}` | has a place for a value where none can be",
                "SELECT 1 /* {{.id}} */ | has a place for a value where none can be",
                "SELECT 'a\\'{{.id}}' | has a backslash beside a place for a value",
                "SELECT {{.id | what begins with '{' at position 8 has no end",
                "SELECT 'open | what begins with ''' at position 8 has no end"
            })
    void whatIsNoValueIsRefused(String template, String problem) {
        assertThatThrownBy(() -> SqlTemplate.of(template, KEY))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith("Property 'templateSql': ")
                .hasMessageContaining(problem);
    }

    private LookupSource open(TestContext context, List<String> columns, String... key) throws Exception {
        MySqlLookup factory = new MySqlLookup();
        return factory.open(Configurations.of(factory, context.properties()), columns, List.of(key), context);
    }

    private TestContext context(Map<String, Object> template) {
        Map<String, Object> properties = TestDatabase.properties();
        properties.putAll(template);
        return TestContext.builder()
                .properties(properties)
                .connection(new MySqlConnection())
                .schema(Schema.OPEN)
                .build();
    }

    @Test
    void theQueryIsAskedAsItIs() throws Exception {
        server.execute("DROP TABLE IF EXISTS templated");
        server.execute("CREATE TABLE templated (device VARCHAR(20), room TEXT, n BIGINT)");
        server.execute("INSERT INTO templated VALUES ('a-1', 'cellar', 1), ('a-2', 'attic', 2), ('b-1', 'hall', 3)");
        Map<String, Object> properties = Map.of(
                "templateSqlQueryCfg",
                Map.of(
                        "templateSql",
                        "SELECT room, n + {{.more}} AS sum FROM templated WHERE device LIKE '{{.kind}}-%' ORDER BY n"));
        try (TestContext context = context(properties);
                LookupSource table = open(context, List.of("room", "sum"), "kind", "more")) {
            assertThat(table.lookup(List.of("a", 10L)))
                    .containsExactly(
                            Map.of("room", "cellar", "sum", 11L, "kind", "a", "more", 10L),
                            Map.of("room", "attic", "sum", 12L, "kind", "a", "more", 10L));
            assertThat(table.lookup(List.of("c", 10L))).isEmpty();
        }
    }

    @Test
    void aValueIsNeverMoreThanAValue() throws Exception {
        server.execute("DROP TABLE IF EXISTS templated");
        server.execute("CREATE TABLE templated (device VARCHAR(80), n BIGINT)");
        server.execute("INSERT INTO templated VALUES ('a', 1), (\"' OR '1'='1\", 2)");
        Map<String, Object> properties = Map.of("templateSql", "SELECT n FROM templated WHERE device = '{{.device}}'");
        try (TestContext context = context(properties);
                LookupSource table = open(context, List.of("n"), "device")) {
            assertThat(table.lookup(List.of("' OR '1'='1"))).containsExactly(Map.of("n", 2L, "device", "' OR '1'='1"));
            assertThat(table.lookup(List.of("x'; DROP TABLE templated; --"))).isEmpty();
            assertThat(table.lookup(List.of("a"))).containsExactly(Map.of("n", 1L, "device", "a"));
        }
    }
}
