package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule whose rows are completed from a file that changes, and from rows that were written down. */
class TablesIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String STATUS = "source_rooms_0_connection_status";

    @Test
    void rowsAreCompletedFromWhatTheFileHasByThenAndFromTheTable() throws IOException {
        try (Container container = Container.start("tables")) {
            Path home = container.home();
            replace(home, "[{\"id\": 1, \"room\": \"attic\"}]");
            Rest rest = container.rest();
            rest.createStream(
                    "CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                            + " EXTRA=\"{\\\"data\\\": [{\\\"device\\\": 1, \\\"kind\\\": 2}], \\\"interval\\\": \\\"20ms\\\"}\")");
            rest.createTable("CREATE TABLE rooms (id BIGINT, room STRING) WITH (DATASOURCE=\""
                    + home.resolve("rooms.json") + "\","
                    + " TYPE=\"file\", KIND=\"lookup\", KEY=\"id\", FORMAT=\"json\","
                    + " EXTRA=\"{\\\"interval\\\": \\\"100ms\\\"}\")");
            Files.writeString(home.resolve("owners.txt"), "7;Ann\n1;Bob\n");
            rest.createTable("CREATE TABLE owners (id BIGINT, owner STRING) WITH (DATASOURCE=\""
                    + home.resolve("owners.txt") + "\","
                    + " TYPE=\"file\", KIND=\"lookup\", FORMAT=\"delimited\", DELIMITER=\";\","
                    + " EXTRA=\"{\\\"fileType\\\": \\\"lines\\\"}\")");
            rest.createTable("CREATE TABLE kinds () WITH (TYPE=\"simulator\", KIND=\"lookup\","
                    + " EXTRA=\"{\\\"data\\\": [{\\\"code\\\": 2.0, \\\"kind\\\": \\\"sensor\\\"}]}\")");
            rest.createRule(Rest.json(Map.of(
                    "id",
                    "r",
                    "sql",
                    "SELECT room, owner, kinds.kind FROM ticks INNER JOIN rooms ON ticks.device = rooms.id"
                            + " INNER JOIN owners ON ticks.device = owners.id"
                            + " INNER JOIN kinds ON ticks.kind = kinds.code",
                    "actions",
                    List.of(Map.of(
                            "file", Map.of("path", home.resolve("out.txt").toString(), "fileType", "lines"))))));

            awaitLast(home, "[{\"room\":\"attic\",\"owner\":\"Bob\",\"kind\":\"sensor\"}]");
            replace(home, "[{\"id\": 1, \"room\": \"cellar\"}]");
            awaitLast(home, "[{\"room\":\"cellar\",\"owner\":\"Bob\",\"kind\":\"sensor\"}]");

            replace(home, "[{\"id\": 1, \"room\":");
            await().atMost(LIMIT)
                    .until(() -> rest.status("r").get(STATUS) instanceof Number number && number.intValue() != 1);
            assertThat(rest.get("/rules/r/status").body())
                    .contains("Table 'rooms' cannot read file '" + home.resolve("rooms.json")
                            + "': The file ends within a value");
            long before = Files.size(home.resolve("out.txt"));
            await().atMost(LIMIT).until(() -> Files.size(home.resolve("out.txt")) > before);
            awaitLast(home, "[{\"room\":\"cellar\",\"owner\":\"Bob\",\"kind\":\"sensor\"}]");

            replace(home, "[{\"id\": 1, \"room\": \"hall\"}]");
            awaitLast(home, "[{\"room\":\"hall\",\"owner\":\"Bob\",\"kind\":\"sensor\"}]");
            assertThat(rest.figure("r", STATUS)).isEqualTo(1);
        }
    }

    private static void replace(Path home, String rows) throws IOException {
        Path beside = Files.writeString(home.resolve("rooms.new"), rows);
        Files.move(beside, home.resolve("rooms.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitLast(Path home, String expected) {
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            List<String> lines = Files.readAllLines(home.resolve("out.txt"));
            assertThat(lines.get(lines.size() - 1)).isEqualTo(expected);
        });
    }
}
