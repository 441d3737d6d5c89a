package io.varuna.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.varuna.sql.parser.StatementParser.Parsed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM demo",
                "SELECT a, b + 1 AS c FROM demo WHERE a > 3;",
                "SELECT value, timestamp, user, year, \"text\" AS date FROM demo WHERE day = 'Monday'",
                "SELECT a->b->c[0], arr[-1], arr[1:2], arr[:2], arr[x+1:y], arr[:], arr[]->k.l FROM demo",
                "SELECT * EXCEPT(a, b) REPLACE(a * 2 AS c) FROM demo",
                "SELECT value FROM a x INNER JOIN b y ON x.user = y.user, c z",
                "SELECT demo.* EXCEPT(a) FROM demo",
                "SELECT count(demo.* EXCEPT(a)), had_changed(true, demo.* REPLACE(a + 1 AS a)) FROM demo",
                "SELECT CAST(value AS BIGINT), CAST(CAST(user AS DECIMAL(3, 2)) AS VARCHAR(10)) + year AS date FROM demo",
                "SELECT upper(a,), round(b, 2, ) FROM demo",
                "SELECT count(*), count(* EXCEPT(a)), changed_cols(\"\", true, a, *, c) FROM demo",
                "SELECT a INVISIBLE, b AS c INVISIBLE, `from` FROM demo",
                "SELECT cast(a, \"bigint\"), cast(a AS BIGINT), floor(a), trim(a), unnest(a), values(o) FROM demo",
                "SELECT lag(a) OVER (PARTITION BY b WHEN c > 3) AS l FROM demo",
                "SELECT count(*) FROM demo GROUP BY b, SLIDINGWINDOW(ms, 5) FILTER (WHERE a > 4) OVER (WHEN a > 5)",
                "SELECT avg(a) FROM demo GROUP BY TUMBLINGWINDOW(ss, 10) HAVING avg(a) > 3 ORDER BY b DESC LIMIT 10",
                "SELECT a FROM topic/sensor1/+/# AS t WHERE a IN (1, 2) OR b NOT IN arr->x",
                "SELECT a FROM /topic/sensor1/#/ UNION ALL SELECT b FROM a/+ UNION ALL SELECT value FROM c",
                "SELECT a | b ^ c & 1 FROM demo WHERE a ! = 3 AND b > = 4 AND c NOT LIKE 'a_%' AND d NOT BETWEEN 1 AND 2",
                "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END FROM demo d LEFT JOIN other AS o ON d.id = o.id",
                "SELECT DISTINCT a FROM demo WHERE b IS NOT NULL AND NOT c",
                "SELECT a FROM x UNION ALL SELECT b FROM y",
                "SELECT a FROM demo WHERE a IN (SELECT b FROM other)",
                "WITH x AS (SELECT a FROM demo) SELECT * FROM x",
                "SELECT o.order, distinct, count(DISTINCT a), sum(x) FILTER (WHERE a > 1) FROM o",
            })
    void rulesAreRead(String sql) {
        assertThat(StatementParser.parse(sql, Grammar.AUTO).grammar()).isEqualTo(Grammar.RULE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start",
                "SELECT a b FROM demo WHERE ts > TIMESTAMP '2020-01-01 00:00:00'",
                "SELECT a FROM demo ORDER BY a FETCH FIRST 3 ROWS ONLY",
            })
    void standardTextsAreRead(String sql) {
        assertThat(StatementParser.parse(sql, Grammar.AUTO).grammar()).isEqualTo(Grammar.STANDARD);
    }

    @Test
    void aStreamIsRead() {
        Parsed parsed = StatementParser.parse(
                "CREATE STREAM `my-stream` (id BIGINT, value FLOAT DEFAULT -2.5, tags ARRAY(STRUCT(k STRING, v ARRAY(BIGINT)))"
                        + ",) WITH (DATASOURCE=\"a/b\" FORMAT='json', SHARED=TRUE, RETAIN_SIZE=3);",
                Grammar.AUTO);
        assertThat(parsed.statement()).isInstanceOfSatisfying(Statement.Create.class, create -> {
            assertThat(create.name().text()).isEqualTo("my-stream");
            assertThat(create.columns()).extracting(c -> c.name().text()).containsExactly("id", "value", "tags");
            assertThat(create.options())
                    .extracting(o -> String.valueOf(o.value().value()))
                    .containsExactly("a/b", "json", "true", "3");
            assertThat(create.options().get(1).place()).isEqualTo(new Place(1, 136, 1, 141));
        });
    }

    @Test
    void statementsAboutStreamsAreRead() {
        assertThat(parse("CREATE STREAM stream (table STRING, default_ STRING, if BIGINT) WITH ()"))
                .isInstanceOf(Statement.Create.class);
        assertThat(parse("SHOW STREAMS")).isEqualTo(new Statement.Show(false));
        assertThat(parse("show tables;")).isEqualTo(new Statement.Show(true));
        assertThat(parse("DROP STREAM IF EXISTS demo")).isInstanceOf(Statement.Drop.class);
        assertThat(parse("DESCRIBE TABLE demo")).isInstanceOf(Statement.Describe.class);
        assertThat(parse("EXPLAIN STREAM demo")).isInstanceOf(Statement.Explain.class);
        assertThat(parse("EXPLAIN SELECT * FROM demo")).isInstanceOf(Statement.ExplainQuery.class);
        assertThat(parse("CREATE OR REPLACE TABLE t () WITH ()"))
                .isInstanceOfSatisfying(Statement.Create.class, create -> assertThat(create.orReplace())
                        .isTrue());
    }

    @Test
    void textsAreReadWithEscapes() {
        assertThat(StatementParser.parse("SELECT \"a\\\"b\\u4e2d\\n\", 'it''s' FROM t", Grammar.AUTO)
                        .toString())
                .contains("a\"b\u4e2d\n")
                .contains("it''s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT a FORM demo | 10 | Did you mean FROM?",
                "SELECT a, FROM demo | 11 | Remove the comma before it",
                "SELECT a FROM demo WHERE a == 3 | 29 | Write one '=' to compare",
                "SELECT a FROM demo WHERE (a = 3 | 31 | A parenthesis is open; close it with ')'",
                "SELECT a FROM demo WHERE a = 3) | 31 | No parenthesis is open; remove it",
                "SELECT a FROM demo WHERE a IN () | 32 | IN needs at least one value in its parentheses",
                "SELECT a FROM demo WHERE a = 'x | 30 | The text that starts here has no end; close it with '",
                "SELECT `a FROM demo | 20 | The name in back-ticks has no end",
                "SELECT a @ b FROM demo | 10 | The character '@' has no meaning here",
                "SELECT a FROM demo WHERE a LIKE b IS NULL ESCAPE '!' | 50 | ESCAPE follows the pattern of LIKE",
                "SELECT (a).f(b) FROM demo | 13 | '(' is not expected here",
                "SELECT '\\q' FROM demo | 8 | The text has the unknown escape '\\q'",
                "SELECT order FROM demo | 8 | reserved word; write the name as `order`",
                "SELEC a FROM demo | 1 | Did you mean SELECT?",
                "GRANT a | 1 | A statement starts with SELECT",
                "INSERT INTO x VALUES (1) | 1 | write the query alone",
                "CREATE VIEW v AS SELECT a FROM demo | 8 | A stream is not made of a query",
                "SELECT a::BIGINT FROM demo | 10 | CAST(value AS type)",
                "SELECT a FROM | 10 | Expected",
                "SHOW STREAMSf | 6 | Did you mean STREAMS?",
                "CREATE STREAM demo (a BIGINT) | 29 | Expected WITH",
                "CREATE STREAM demo (a BIGINT b STRING) WITH () | 30 | Expected",
                "CREATE STREAM demo () WITH (A=) | 31 | Expected a literal",
                "CREATE STREAM demo () WITH (A=b) | 31 | Values are written in quotes: A='b'",
                "CREATE STREAM demo () WITH (DATASOURCE = floor/1-a, A=1) | 42 | DATASOURCE='floor/1-a'",
                "CREATE STREAM demo () WITH (KEY=order) | 33 | KEY='order'",
            })
    void errorsSayWhereAndWhatToDo(String sql, int column, String hint) {
        SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> StatementParser.parse(sql, Grammar.AUTO));
        assertThat(e).as(sql).hasMessageContaining(hint);
        assertThat(e.place().column()).as(e.getMessage()).isEqualTo(column);
    }

    @Test
    void deepAndLongTextsAreRefused() {
        for (String sql : List.of(
                "SELECT " + "(".repeat(500) + "a" + ")".repeat(500) + " FROM demo",
                "SELECT a" + "+a".repeat(20_000) + " FROM demo",
                "SELECT '" + "x".repeat(200_000) + "' FROM demo")) {
            assertThatThrownBy(() -> StatementParser.parse(sql, Grammar.AUTO))
                    .isInstanceOfSatisfying(SyntaxException.class, e -> assertThat(e.isTooComplex())
                            .isTrue());
        }
        assertThat(parse("SELECT " + "(".repeat(60) + "a" + ")".repeat(60) + " FROM demo"))
                .isNotNull();
    }

    @Test
    void mutatedTextsGiveStatementsOrErrorsWithAPlace() {
        String[] seeds = {
            "SELECT a->b[0:2], * EXCEPT(x) FROM demo AS d WHERE a IN (1, 'two') AND NOT b LIKE \"%c\" GROUP BY TUMBLINGWINDOW(ss, 10)",
            "SELECT lag(a) OVER (PARTITION BY b WHEN c) AS l INVISIBLE FROM a INNER JOIN b ON a.x = b.y HAVING count(*) > 1 ORDER BY l LIMIT 3",
            "CREATE STREAM demo (a BIGINT DEFAULT 3, b STRUCT(c ARRAY(STRING))) WITH (DATASOURCE=\"x\", SHARED=TRUE)",
            "SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start",
        };
        long seed = 20260101;
        Random random = new Random(seed);
        String alphabet = "()[]{},.;:*+-/%&|^=<>!'\"`\\#@ \n\tabSELECT0123456789\u4e2d";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(seeds[round % seeds.length]);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.insert(at, text.substring(at, at + random.nextInt(text.length() - at)));
                }
            }
            try {
                StatementParser.parse(text.toString(), Grammar.AUTO);
            } catch (SyntaxException e) {
                assertThat(e.place())
                        .as("seed %d, round %d: %s", seed, round, text)
                        .isNotNull();
                assertThat(e).hasMessageNotContaining("Encountered");
            }
        }
    }

    private static Statement parse(String sql) {
        return StatementParser.parse(sql, Grammar.AUTO).statement();
    }
}
