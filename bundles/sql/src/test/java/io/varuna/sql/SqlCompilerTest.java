package io.varuna.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.api.error.TextRange;
import io.varuna.plan.Dialect;
import io.varuna.plan.PlanCodec;
import io.varuna.plan.RulePlan;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCompilerTest {
    private final TestCatalog catalog = new TestCatalog(
            "CREATE STREAM demo () WITH (DATASOURCE='demo')",
            "CREATE STREAM typed (id BIGINT, temp FLOAT, name STRING, tags ARRAY(STRING)) WITH (DATASOURCE='x')");
    private final SqlCompiler compiler = new SqlCompiler(catalog);

    @Test
    void autoPrefersTheRuleDialect() {
        assertThat(compile("SELECT tags[1] FROM typed").dialect()).isEqualTo(Dialect.RULE);
        assertThat(compile("SELECT id FROM typed WHERE id IS NOT NULL").dialect())
                .isEqualTo(Dialect.RULE);
        assertThat(compile("SELECT id FROM typed GROUP BY TUMBLINGWINDOW(ss, 10) FETCH FIRST 3 ROWS ONLY")
                        .dialect())
                .isEqualTo(Dialect.STANDARD);
    }

    @Test
    void listsCountFromOneInTheStandardDialect() {
        assertThat(compiler.compile("SELECT tags[1] AS t FROM typed", Dialect.STANDARD, false)
                        .explain())
                .contains("tags[0]");
        assertThat(compiler.compile("SELECT tags[1] AS t FROM typed", Dialect.RULE, false)
                        .explain())
                .contains("tags[1]");
    }

    @Test
    void aPlanNamesItsStreamsAndFunctions() {
        RulePlan plan = compile("SELECT upper(name), avg(temp) FROM typed GROUP BY upper(name)");
        assertThat(plan.streams()).containsExactly("typed");
        assertThat(plan.functions()).containsExactly("avg", "upper");
    }

    @Test
    void errorsHaveAPlaceAndAProblem() {
        String sql = "SELECT id,\n  nmae\nFROM typed";
        StatementException e = catchThrowableOfType(StatementException.class, () -> compile(sql));
        assertThat(e.code()).isEqualTo(StandardError.COLUMN_NOT_FOUND);
        assertThat(e.range()).isEqualTo(new TextRange(2, 3, 2, 6));
        assertThat(e.problem()).isEqualTo("There is no column 'nmae' in stream 'typed'. Did you mean 'name'?");
        assertThat(e.snippet()).isEqualTo("  nmae\n  ^^^^");
    }

    @Test
    void eventTimeNeedsATimestamp() {
        assertThatThrownBy(() -> compiler.compile("SELECT id FROM typed", Dialect.AUTO, true))
                .hasMessageContaining("Add the option TIMESTAMP to the stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+a", " AND a", " OR a = 1", "||a", "->a", "[0]"})
    void longChainsAreRefusedOrCompiled(String link) {
        String sql = "SELECT a" + link.repeat(3_000) + " FROM demo";
        try {
            compile(sql);
        } catch (StatementException e) {
            assertThat(e.code()).isEqualTo(StandardError.STATEMENT_TOO_COMPLEX);
        }
    }

    @Test
    void deepQueriesAreRefused() {
        String sql = "SELECT " + "(".repeat(200) + "a" + ")".repeat(200) + " FROM demo";
        assertThatThrownBy(() -> compile(sql))
                .isInstanceOfSatisfying(StatementException.class, e -> assertThat(e.code())
                        .isEqualTo(StandardError.STATEMENT_TOO_COMPLEX));
    }

    @Test
    void severalThreadsCompileAtOnce() {
        String sql =
                "SELECT name, avg(temp) AS t FROM typed GROUP BY name, TUMBLINGWINDOW(ss, 10) HAVING avg(temp) > 3";
        String expected = compile(sql).explain();
        assertThat(IntStream.range(0, 100).parallel().mapToObj(i -> compile(sql).explain()))
                .allMatch(expected::equals);
    }

    @Test
    void plansAreWrittenAndReadBack() throws Exception {
        RulePlan plan = compile("SELECT name, avg(temp) AS t, lag(id) AS l FROM typed WHERE id > 3"
                + " GROUP BY name, TUMBLINGWINDOW(ss, 10) ORDER BY t LIMIT 3");
        assertThat(PlanCodec.readPlan(PlanCodec.write(plan))).isEqualTo(plan);
    }

    private RulePlan compile(String sql) {
        return compiler.compile(sql, Dialect.AUTO, false);
    }
}
