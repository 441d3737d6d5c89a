package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was compiled once is not compiled again when the container starts. */
class StoredPlansIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern RUNNING = Pattern.compile("\"status\":\"running\"");
    private static final int RULES = 1_000;

    private final Path logs = Path.of("target", "class-loading").toAbsolutePath();

    @Test
    void startWithManyRulesLoadsNoClassOfTheCompiler() throws IOException {
        Files.createDirectories(logs);
        try (Container container =
                Container.startWith("stored-plans", "-Xlog:class+load=info:file=" + logs.resolve("%p.log"))) {
            Rest rest = container.rest();
            rest.createStream(
                    "CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\", SHARED=\"TRUE\","
                            + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"100ms\\\", \\\"loop\\\": true}\")");
            for (int i = 0; i < RULES; i++) {
                createRule(rest, "r" + i, i % 2);
            }
            assertThat(compilerClasses(container)).isPositive();

            container.stop();
            container.launch();

            await().atMost(LIMIT).untilAsserted(() -> assertThat(running(rest)).isEqualTo(RULES));
            await().atMost(LIMIT).until(() -> rest.figure("r998", "sink_nop_0_0_records_out_total") > 0);
            assertThat(compilerClasses(container)).isZero();

            // a new query needs them, and only now
            createRule(rest, "new", 0);
            assertThat(compilerClasses(container)).isPositive();
        }
    }

    private static void createRule(Rest rest, String id, int least) {
        rest.createRule("{\"id\": \"" + id + "\", \"sql\": \"SELECT n * 2 AS twice FROM ticks WHERE n > " + least
                + "\", \"actions\": [{\"nop\": {}}]}");
    }

    private static long running(Rest rest) {
        return RUNNING.matcher(rest.get("/rules").body()).results().count();
    }

    /** Returns how many classes of Calcite the process has loaded. */
    private long compilerClasses(Container container) throws IOException {
        try (Stream<String> lines = Files.lines(logs.resolve(container.pid() + ".log"))) {
            return lines.filter(line -> line.contains(" org.apache.calcite.")).count();
        }
    }
}
