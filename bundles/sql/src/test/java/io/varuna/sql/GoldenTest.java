package io.varuna.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.error.VarunaException;
import io.varuna.plan.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the plans, or errors, of the statements in src/test/resources/golden with what stands below them. Blocks are
 * separated by an empty line; the first line of a block is the statement. {@code -Dgolden=write} writes the files anew.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Set<String> EVENT_TIME = Set.of("patterns.txt", "running.txt");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    /** What there is to be read. */
    static final String[] STATEMENTS = {
        "CREATE STREAM demo () WITH (DATASOURCE='demo')",
        "CREATE STREAM other () WITH (DATASOURCE='other')",
        "CREATE STREAM typed (id BIGINT, temp FLOAT, name STRING, ok BOOLEAN, ts DATETIME, tags ARRAY(STRING),"
                + " loc STRUCT(lat FLOAT, lon FLOAT)) WITH (DATASOURCE='x', TIMESTAMP='ts')",
        "CREATE STREAM second (id BIGINT, hum FLOAT, ts DATETIME) WITH (DATASOURCE='y', TIMESTAMP='ts')",
        "CREATE TABLE devices (id BIGINT, place STRING) WITH (DATASOURCE='z', TYPE='memory', KIND='lookup', KEY='id')",
        "CREATE TABLE limits (id BIGINT, most FLOAT) WITH (DATASOURCE='z.csv', TYPE='file')"
    };

    private final TestCatalog catalog = new TestCatalog(STATEMENTS);

    @TestFactory
    Stream<DynamicTest> plansAreAsWritten() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                List<String> blocks = new ArrayList<>();
                for (String block : Files.readString(file).split("\n\n+", -1)) {
                    String statement = block.strip().lines().findFirst().orElse("");
                    if (statement.isEmpty()) {
                        continue;
                    }
                    boolean eventTime = EVENT_TIME.contains(file.getFileName().toString());
                    String found = statement + "\n" + outcome(statement, eventTime);
                    blocks.add(found);
                    tests.add(DynamicTest.dynamicTest(
                            file.getFileName() + ": " + statement,
                            () -> assertThat(WRITE ? found : block.strip()).isEqualTo(found)));
                }
                if (WRITE) {
                    Files.writeString(file, String.join("\n\n", blocks) + "\n");
                }
            }
        }
        return tests.stream();
    }

    private String outcome(String statement, boolean eventTime) {
        try {
            if (statement.startsWith("SELECT") || statement.startsWith("WITH") || statement.startsWith("(")) {
                return new SqlCompiler(catalog)
                        .compile(statement, Dialect.AUTO, eventTime)
                        .explain()
                        .strip();
            }
            return new SqlCompiler(catalog).statement(statement).toString();
        } catch (VarunaException e) {
            return e.code().name() + ": " + e.getMessage();
        }
    }
}
