package io.varuna.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Litmus;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What a statement is written as reads as the same statement. */
class UnparseTest {
    private static final int STATEMENTS = Integer.getInteger("varuna.rounds", 1_000);
    private static final Pattern BLOCK = Pattern.compile("^```sql\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void statementsOfTheManualReadAsTheyAreWritten() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("../../docs/sql"))) {
            for (Path page : pages.sorted().toList()) {
                BLOCK.matcher(Files.readString(page)).results().forEach(block -> texts.add(block.group(1)));
            }
        }
        assertThat(check(texts)).isGreaterThan(150);
    }

    @Test
    void statementsOfPlansReadAsTheyAreWritten() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("../sql/src/test/resources/golden"))) {
            for (Path file : files.sorted().toList()) {
                for (String block : Files.readString(file).split("\n\n+", -1)) {
                    texts.add(block.strip().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(check(texts)).isGreaterThan(200);
    }

    @Test
    void statementsOfKuiperReadAsTheyAreWritten() throws IOException {
        assumeThat(ConformanceTest.CASES).isRegularFile();
        Map<String, Object> file = JSON.std.mapFrom(Files.readString(ConformanceTest.CASES));
        List<String> texts = new ArrayList<>();
        for (Object entry : (List<?>) Objects.requireNonNull(file.get("cases"))) {
            texts.add(String.valueOf(((Map<?, ?>) Objects.requireNonNull(entry)).get("sql")));
        }
        assertThat(check(texts)).isGreaterThan(50);
    }

    @Test
    void randomStatementsReadAsTheyAreWritten() {
        long seed = Long.getLong("varuna.seed", 1);
        RandomStatements statements = new RandomStatements(new Random(seed));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < STATEMENTS; i++) {
            texts.add(statements.next());
        }
        assertThat(check(texts)).as("accepted with -Dvaruna.seed=%d", seed).isEqualTo(STATEMENTS);
    }

    /** Checks the texts that are read at all, in either grammar, and returns how many statements these have. */
    private static int check(List<String> texts) {
        SoftAssertions softly = new SoftAssertions();
        int checked = 0;
        for (String text : texts) {
            for (Grammar grammar : List.of(Grammar.RULE, Grammar.STANDARD)) {
                List<Statement> statements;
                try {
                    statements = StatementParser.parseAll(text, grammar);
                } catch (SyntaxException e) {
                    continue;
                }
                for (Statement statement : statements) {
                    checked += grammar == Grammar.RULE ? 1 : 0;
                    softly.assertThat(difference(statement, grammar)).as(text).isEmpty();
                }
            }
        }
        softly.assertAll();
        return checked;
    }

    /** Returns what is wrong with the text that a statement is written as; nothing where all is well. */
    private static String difference(Statement statement, Grammar grammar) {
        String written = statement.unparse();
        Statement again;
        try {
            again = StatementParser.parse(written, grammar).statement();
        } catch (SyntaxException e) {
            return written + "\n" + e.place() + " " + e.getMessage();
        }
        if (!same(statement, again)) {
            return written + "\nis read as\n" + again.unparse();
        }
        return again.unparse().equals(written) ? "" : written + "\nis then written as\n" + again.unparse();
    }

    private static boolean same(Statement one, Statement other) {
        if (one instanceof Statement.Query query && other instanceof Statement.Query again) {
            return same(query.node(), again.node());
        }
        if (one instanceof Statement.ExplainQuery query && other instanceof Statement.ExplainQuery again) {
            return same(query.node(), again.node());
        }
        assertThat(other)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Place.class)
                .isEqualTo(one);
        return true;
    }

    private static boolean same(SqlNode one, SqlNode other) {
        return one.equalsDeep(other, Litmus.IGNORE);
    }
}
