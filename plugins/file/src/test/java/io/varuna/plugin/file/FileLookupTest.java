package io.varuna.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileLookupTest {
    private static final Schema SCHEMA =
            Schema.of(new Column("id", DataType.BIGINT), new Column("room", DataType.VARCHAR));

    private final Path root;
    private final Path file;
    private long writes;

    FileLookupTest(@TempDir Path root) {
        this.root = root;
        this.file = root.resolve("rooms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json  | [{'id': 1, 'room': 'a', 'more': [{}]}, {'id': 2, 'room': 'b'}]",
                "json  | {'id': 1, 'room': 'a'} {'id': 2, 'room': 'b'}",
                "lines | {'id': 1, 'room': 'a'}~[{'id': 2, 'room': 'b'}, {'id': 3}]",
                "csv   | 1,a~2,b",
            })
    void formsOfFilesAreThoseOfTheSource(String fileType, String content) throws Exception {
        write(content.replace('\'', '"').replace('~', '\n'));
        try (TestContext context = context(Map.of("fileType", fileType), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(table.lookup(List.of(1L))).containsExactly(Map.of("id", 1L, "room", "a"));
            assertThat(table.lookup(List.of(2L))).containsExactly(Map.of("id", 2L, "room", "b"));
        }
    }

    @Test
    void packedFilesAreUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("[{\"id\": 1}]".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, packed.toByteArray());
        try (TestContext context = context(Map.of("decompression", "gzip"), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(table.lookup(List.of(1L))).hasSize(1);
        }
    }

    @Test
    void numbersAreComparedByWhatTheyCount() throws Exception {
        write("[{\"id\": 1.0, \"a\": 12345678901234567890}, {\"id\": 1, \"a\": {\"b\": [1, null]}}, {\"id\": \"1\"}]");
        try (TestContext context = context(Map.of(), Schema.OPEN);
                LookupSource table = open(context)) {
            Map<String, @Nullable Object> second = table.lookup(List.of(1L)).get(1);
            assertThat(table.lookup(List.of(1.0)))
                    .hasSize(2)
                    .first()
                    .isEqualTo(Map.of("id", 1.0, "a", 1.2345678901234567E+19));
            assertThat(second.get("a")).hasToString("{b=[1, null]}");
        }
    }

    @Test
    void fileIsReadAgainWhenItHasChanged() throws Exception {
        write("[{\"id\": 1, \"room\": \"a\"}]");
        try (TestContext context = context(Map.of("interval", "10s"), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(rooms(table, 1)).containsExactly("a");
            write("[{\"id\": 1, \"room\": \"b\"}]");
            context.clock().advance(Duration.ofMillis(9_999));
            assertThat(rooms(table, 1)).as("before the interval is over").containsExactly("a");
            context.clock().advance(Duration.ofMillis(1));
            assertThat(rooms(table, 1)).containsExactly("b");
            assertThat(context.statuses()).isEmpty();
        }
    }

    @Test
    void fileIsLookedAtEverySecondUnlessTheTableSaysOtherwise() throws Exception {
        write("[]");
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(rooms(table, 1)).isEmpty();
            write("[{\"id\": 1, \"room\": \"a\"}]");
            context.clock().advance(Duration.ofMillis(999));
            assertThat(rooms(table, 1)).isEmpty();
            context.clock().advance(Duration.ofMillis(1));
            assertThat(rooms(table, 1)).containsExactly("a");
        }
    }

    @Test
    void unchangedFileIsNotReadAgain() throws Exception {
        write("[{\"id\": 1, \"room\": \"a\"}]");
        FileTime time = Files.getLastModifiedTime(file);
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(rooms(table, 1)).containsExactly("a");
            // of the same size and time: only somebody who reads it can tell
            Files.writeString(file, "[{\"id\": 1, \"room\": \"b\"}]");
            Files.setLastModifiedTime(file, time);
            context.clock().advance(Duration.ofSeconds(5));
            assertThat(rooms(table, 1)).containsExactly("a");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'id': 2}                    | The array is not closed, at byte 10",
                "[{'id': 2}, {'id': 'two'}]    | record 2: Column 'id' takes BIGINT, not 'two' (STRING)",
                "[{'id': 2}, 5]                | record 2: A record is an object, not 5",
                "{'id': 2, 'room': nil}        | record 1: The record is not JSON",
            })
    void brokenFileKeepsWhatWasReadBefore(String content, String problem) throws Exception {
        write("[{\"id\": 1, \"room\": \"a\"}]");
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(rooms(table, 1)).containsExactly("a");
            write(content.replaceAll("'(id|room|two)'", "\"$1\""));
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
            assertThat(rooms(table, 2)).as("half of a file").isEmpty();
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
            assertThat(context.statuses()).singleElement().satisfies(status -> {
                assertThat(status.status()).isEqualTo(ConnectionStatus.DISCONNECTED);
                assertThat(status.message())
                        .startsWith("Table 'stream' cannot read file '" + file + "': " + problem)
                        .endsWith(
                                ". It is read again when it has changed. Until then the table has the rows that it had"
                                        + " before");
            });
            write("[{\"id\": 1, \"room\": \"c\"}]");
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("c");
            assertThat(context.statuses()).last().isEqualTo(new TestContext.Status(ConnectionStatus.CONNECTED, null));
        }
    }

    @Test
    void fileThatIsGoneKeepsWhatWasReadBefore() throws Exception {
        write("[{\"id\": 1, \"room\": \"a\"}]");
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table = open(context)) {
            assertThat(rooms(table, 1)).containsExactly("a");
            Files.move(file, root.resolve("away"));
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
            assertThat(context.statuses())
                    .extracting(TestContext.Status::status)
                    .containsExactly(ConnectionStatus.DISCONNECTED);
            Files.move(root.resolve("away"), file);
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
            assertThat(context.statuses())
                    .last()
                    .extracting(TestContext.Status::status)
                    .isEqualTo(ConnectionStatus.CONNECTED);
        }
    }

    @Test
    void tableWithoutAFileSaysWhatToDoAndTakesItWhenItComes() throws Exception {
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table = open(context)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> table.lookup(List.of(1L)))
                        .hasMessage("Table 'stream' cannot read file '" + file
                                + "': there is no such file. Put it there, or"
                                + " correct DATASOURCE and the property 'path'");
            }
            assertThat(context.statuses()).hasSize(1);
            Files.createDirectory(file);
            context.clock().advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> table.lookup(List.of(1L)))
                    .hasMessage("Table 'stream' cannot read file '" + file
                            + "': it is a directory, but a table takes one file:"
                            + " correct DATASOURCE and the property 'path'");
            Files.delete(file);
            write("[{\"id\": 1, \"room\": \"a\"}]");
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip"})
    void filesThatWouldFillTheMemoryAreRefused(String decompression) throws Exception {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (var out = decompression.isEmpty()
                ? Files.newOutputStream(file)
                : new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i <= 64; i++) {
                out.write("{\"id\": 1}".getBytes(StandardCharsets.UTF_8));
                out.write(blanks);
            }
        }
        try (TestContext context = context(Map.of("decompression", decompression), SCHEMA);
                LookupSource table = open(context)) {
            assertThatThrownBy(() -> table.lookup(List.of(1L)))
                    .hasMessageContaining("it has more than 67108864 bytes, which all would be kept in memory");
        }
    }

    @Test
    void linkThatLeavesTheRootLaterIsNotFollowed() throws Exception {
        Path inner = Files.createDirectories(root.resolve("inner"));
        Files.writeString(root.resolve("secret"), "[{\"id\": 1, \"room\": \"secret\"}]");
        Path link = Files.createSymbolicLink(
                inner.resolve("rooms"), Files.writeString(inner.resolve("real"), "[{\"id\": 1, \"room\": \"a\"}]"));
        FileLookup factory = new FileLookup(new FileAccess(inner));
        try (TestContext context = context(Map.of(), SCHEMA);
                LookupSource table =
                        factory.open(Configurations.of(factory, Map.of()), List.of(), List.of("id"), context)) {
            assertThat(rooms(table, 1)).containsExactly("a");
            Files.delete(link);
            Files.createSymbolicLink(link, root.resolve("secret"));
            context.clock().advance(Duration.ofSeconds(1));
            assertThat(rooms(table, 1)).containsExactly("a");
            assertThat(context.statuses()).singleElement().satisfies(status -> assertThat(status.message())
                    .contains("is outside of"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../rooms", "/etc/passwd"})
    void pathsOutsideOfTheRootAreRefused(String path) {
        TestContext context = TestContext.builder().dataSource(path).build();
        assertThatThrownBy(() -> open(context))
                .hasMessageMatching("Path '.*' (climbs up with '\\.\\.'|is outside of).*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileType        | xml  | has 'fileType' 'xml'. It takes: json, csv, lines, raw",
                "fileType        | raw  | has 'fileType' 'raw', which has no columns. It takes: json, csv, lines",
                "actionAfterRead | 1    | is read again when it changes, so 'actionAfterRead' has to be 0 (keep)",
            })
    void wrongPropertiesAreNamed(String name, String value, String problem) {
        assertThatThrownBy(() -> open(context(Map.of(name, value), SCHEMA)))
                .hasMessage("Table 'stream' of type 'file' " + problem);
    }

    /** Gives every content a time of its own, as the clock of the file system may be coarse. */
    private void write(String content) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + writes++));
    }

    private static List<@Nullable Object> rooms(LookupSource table, long id) throws Exception {
        return table.lookup(List.of(id)).stream()
                .<@Nullable Object>map(row -> row.get("room"))
                .toList();
    }

    private static TestContext context(Map<String, Object> properties, Schema schema) {
        return TestContext.builder()
                .properties(new LinkedHashMap<>(properties))
                .schema(schema)
                .dataSource("rooms")
                .build();
    }

    private LookupSource open(TestContext context) {
        FileLookup factory = new FileLookup(new FileAccess(root));
        return factory.open(Configurations.of(factory, context.properties()), List.of(), List.of("id"), context);
    }
}
