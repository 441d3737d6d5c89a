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
import java.util.List;
import java.util.Random;
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
        assertThat(compile("SELECT id FROM typed FETCH FIRST 3 ROWS ONLY").dialect())
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

    /** Texts that are nearly right give a plan, or an error with a place; nothing else. */
    @Test
    void mutatedQueriesGivePlansOrErrors() {
        List<String> seeds = List.of(
                "SELECT id, temp * 2 + 1 AS t2, upper(name) AS u, tags[0] FROM typed AS t WHERE t.id BETWEEN 1 AND 5 OR name LIKE 'a%'",
                "SELECT name, avg(temp), count(*) AS c FROM typed WHERE id IN (1, 2) GROUP BY name, TUMBLINGWINDOW(ss, 10) HAVING c > 1 ORDER BY c DESC LIMIT 3",
                "SELECT a->b[1:2], lag(c) OVER (PARTITION BY d WHEN e > 1) AS l INVISIBLE, * EXCEPT(a) REPLACE(b AS c) FROM demo",
                "SELECT CASE a WHEN 1 THEN 'x' ELSE cast(b, \"bigint\") END AS k FROM demo INNER JOIN typed ON demo.id = typed.id GROUP BY SLIDINGWINDOW(ss, 2) OVER (WHEN a > 1)",
                "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE typed, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start");
        List<String> words = List.of(
                "SELECT",
                "FROM",
                "demo",
                "typed",
                "(",
                ")",
                ",",
                "*",
                "->",
                "[",
                "]",
                ":",
                "'x'",
                "3",
                "-",
                "avg",
                "lag",
                "count",
                "AS",
                "AND",
                "NOT",
                "NULL",
                "GROUP BY",
                "ORDER BY",
                "id",
                "a",
                ".",
                "=",
                "DISTINCT",
                "UNION",
                "WHERE",
                "CASE",
                "END",
                "IN",
                "OVER",
                "FILTER",
                "(SELECT id FROM typed)",
                "countwindow(3)",
                "unnest(a)",
                "meta(b)");
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 600; round++) {
            String[] parts = seeds.get(round % seeds.size()).split(" ", -1);
            for (int change = random.nextInt(3); change >= 0; change--) {
                parts[random.nextInt(parts.length)] = words.get(random.nextInt(words.size()));
            }
            String sql = String.join(" ", parts);
            try {
                assertThat(compile(sql).explain()).isNotEmpty();
            } catch (StatementException e) {
                assertThat(e.problem()).as(sql).isNotEqualTo("null").doesNotContain("Encountered");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + sql, e);
            }
        }
    }

    private RulePlan compile(String sql) {
        return compiler.compile(sql, Dialect.AUTO, false);
    }
}
