package io.varuna.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.api.error.VarunaException;
import io.varuna.plan.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a text says, there is a plan or an error with a place, and a refusal is cheap. Work is measured by what is
 * allocated, which a busy machine does not change.
 */
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("varuna.rounds", 2_000);
    private static final long MOST_BYTES = 64L << 20;
    private static final Pattern WORD = Pattern.compile("'[^']*'|[A-Za-z_$][A-Za-z0-9_$]*|[0-9.]+|\\s+|.");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TestCatalog catalog = new TestCatalog(GoldenTest.STATEMENTS);
    private final SqlCompiler compiler = new SqlCompiler(catalog);
    private final List<String> statements = statements();
    private final List<String> words = statements.stream()
            .flatMap(statement -> words(statement).stream())
            .filter(word -> !word.isBlank())
            .toList();

    /** Returns the statements whose plans and errors are golden. */
    private static List<String> statements() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            return files.sorted()
                    .flatMap(FuzzTest::blocks)
                    .map(block -> block.strip().lines().findFirst().orElse(""))
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> blocks(Path file) {
        try {
            return Stream.of(Files.readString(file).split("\n\n+", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String statement) {
        return WORD.matcher(statement).results().map(MatchResult::group).toList();
    }

    @TestFactory
    Stream<DynamicTest> mutatedStatementsGivePlansOrErrorsWithAPlace() {
        long first = Long.getLong("varuna.seed", 1);
        return IntStream.range(0, 10)
                .mapToObj(i -> first + i)
                .map(seed -> DynamicTest.dynamicTest("-Dvaruna.seed=" + seed, () -> {
                    Random random = new Random(seed);
                    for (int round = 0; round < ROUNDS / 10; round++) {
                        check(mutated(random), random);
                    }
                }));
    }

    private String mutated(Random random) {
        StringBuilder text = new StringBuilder(statements.get(random.nextInt(statements.size())));
        for (int change = random.nextInt(4); change >= 0; change--) {
            List<String> parts = words(text.toString());
            if (parts.isEmpty()) {
                break;
            }
            int at = random.nextInt(parts.size());
            int start = parts.subList(0, at).stream().mapToInt(String::length).sum();
            int end = start + parts.get(at).length();
            String word = words.get(random.nextInt(words.size()));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(start, end);
                case 1 -> text.replace(start, end, word);
                case 2 -> text.insert(start, word + " ");
                case 3 -> text.insert(start, text.substring(start, start + random.nextInt(text.length() - start)));
                case 4 -> text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
                default -> text.replace(start, end, tail(random));
            }
        }
        return text.toString();
    }

    /** Returns the end of some statement. */
    private String tail(Random random) {
        String other = statements.get(random.nextInt(statements.size()));
        return other.substring(random.nextInt(other.length()));
    }

    private void check(String text, Random random) {
        Dialect dialect = List.of(Dialect.AUTO, Dialect.RULE, Dialect.STANDARD).get(random.nextInt(3));
        boolean eventTime = random.nextBoolean();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            if (text.startsWith("SELECT") || text.startsWith("WITH") || text.startsWith("(")) {
                assertThat(compiler.compile(text, dialect, eventTime).explain()).isNotEmpty();
            } else {
                assertThat(compiler.statement(text)).isNotNull();
            }
        } catch (StatementException e) {
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated to refuse %s", text)
                    .isLessThan(MOST_BYTES);
            assertThat(e.range().line()).as(text).isPositive();
            assertThat(e.range().column()).as(text).isPositive();
            assertThat(e.problem()).as(text).isNotBlank().doesNotContain("Encountered", "Exception");
        } catch (VarunaException e) {
            // what is wrong with the options of a stream has no place in the text
            assertThat(e).as(text).hasMessageNotContaining("Exception");
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(dialect + ", event time " + eventTime + ": " + text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT %a %+a FROM demo WHERE nothing(a)",
                "SELECT a FROM demo WHERE a = 1 % AND b = 1 AND nothing(a)",
                "SELECT a FROM demo WHERE a IN (1 %, 1) AND nothing(a)",
                "SELECT a % FROM demo GROUP BY TUMBLINGWINDOW(ss, nothing)",
                "SELECT a %, a FROM demo WHERE nothing(a)",
                "SELECT CASE WHEN a THEN 1 % WHEN a THEN 1 END FROM demo WHERE nothing(a)",
                "SELECT a FROM demo % INNER JOIN demo ON TRUE",
                "SELECT a FROM demo % UNION ALL SELECT a FROM demo",
                "SELECT coalesce(a %, a) FROM demo WHERE nothing(a)",
                "SELECT a FROM demo GROUP BY a %, a, nothing(a)",
                "SELECT * FROM typed MATCH_RECOGNIZE (ORDER BY ts MEASURES a.id AS id PATTERN (a % a) DEFINE a AS nothing(id))",
                "SELECT * FROM typed MATCH_RECOGNIZE (ORDER BY ts MEASURES a.id AS id PATTERN (a % | a) DEFINE a AS nothing(id))"
            })
    void longStatementsAreRefusedCheaply(String form) {
        int repeated = form.indexOf('%');
        String unit = form.substring(repeated + 1).split(" FROM | GROUP | END|\\)", 2)[0];
        String text = form.substring(0, repeated) + unit.repeat(2_000) + form.substring(repeated + 1 + unit.length());
        refused(text.replace("%", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(/a/)",
                "abs(/a/)",
                "CASE WHEN TRUE THEN /a/ END",
                "a[/0/]",
                "CAST(/a/ AS BIGINT)",
                "(SELECT /a/ FROM demo)"
            })
    void deepStatementsAreRefusedCheaply(String form) {
        String[] parts = form.split("/", -1);
        refused("SELECT " + parts[0].repeat(1_000) + parts[1] + parts[2].repeat(1_000) + " FROM demo");
    }

    @Test
    void aliasesThatDoubleEachOtherAreRefusedCheaply() {
        StringBuilder text = new StringBuilder("SELECT a + a AS a0");
        for (int i = 1; i < 40; i++) {
            text.append(", a")
                    .append(i - 1)
                    .append(" + a")
                    .append(i - 1)
                    .append(" AS a")
                    .append(i);
        }
        refused(text + " FROM demo");
    }

    @Test
    void permutationsOfPermutationsAreRefusedCheaply() {
        String pattern = "a";
        for (int i = 0; i < 4; i++) {
            pattern = "PERMUTE(" + String.join(", ", pattern, pattern, pattern, pattern, pattern) + ")";
        }
        refused("SELECT * FROM typed MATCH_RECOGNIZE (ORDER BY ts MEASURES a.id AS id PATTERN (" + pattern
                + ") DEFINE a AS id > 1)");
    }

    /** Compiles a statement that is too large; it may still be refused for something else in it first. */
    private void refused(String text) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        StatementException refusal =
                catchThrowableOfType(StatementException.class, () -> compiler.compile(text, Dialect.AUTO, true));
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(refusal).isNotNull();
        assertThat(bytes).as("bytes allocated for: %s", refusal).isLessThan(MOST_BYTES);
        assertThat(refusal.code())
                .isIn(
                        StandardError.STATEMENT_TOO_COMPLEX,
                        StandardError.FUNCTION_NOT_FOUND,
                        StandardError.INVALID_WINDOW,
                        StandardError.COLUMN_AMBIGUOUS,
                        StandardError.DUPLICATE_COLUMN,
                        StandardError.INVALID_RULE,
                        StandardError.UNSUPPORTED);
    }
}
