package io.varuna.plugin.file;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Sink;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.MessageEncoder;
import io.varuna.testkit.Rows;
import io.varuna.testkit.TestBatch;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {
    private static final Schema SCHEMA =
            Schema.of(new Column("id", DataType.BIGINT), new Column("name", DataType.VARCHAR));
    private static final MessageEncoder LINE =
            (rows, single) -> (rows.get(0).get(0) + "," + rows.get(0).get(1)).getBytes(StandardCharsets.UTF_8);

    private final Path root;

    FileSinkTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void pathIsFilledInFromTheRow() throws Exception {
        try (TestContext context = context(Map.of("path", "{{.name}}/out.txt"));
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "ann"), values(2L, "bob"), values(3L, "ann")));
        }
        assertThat(root.resolve("ann/out.txt")).hasContent("1,ann\n3,ann");
        assertThat(root.resolve("bob/out.txt")).hasContent("2,bob");
    }

    @Test
    void moreFilesThanStayOpenAreWritten() throws Exception {
        Object[][] rows = new Object[200][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = values((long) i, "n" + i);
        }
        try (TestContext context = context(Map.of("path", "{{.name}}"));
                Sink sink = open(context)) {
            sink.write(batch(rows));
            sink.write(batch(rows));
        }
        assertThat(names()).hasSize(200);
        assertThat(root.resolve("n7")).hasContent("7,n7\n7,n7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x"})
    void pathsOutsideOfTheRootCostTheBatch(String name) throws Exception {
        try (TestContext context = context(Map.of("path", "{{.name}}"));
                Sink sink = open(context)) {
            assertThatThrownBy(() -> sink.write(batch(values(1L, "fine"), values(2L, name))))
                    .hasMessageStartingWith("Path '" + name + "' ");
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void batchLeavesNoTraceIfOneOfItsFilesCannotBeWritten() throws Exception {
        Files.createDirectories(root.resolve("blocked"));
        try (TestContext context = context(Map.of("path", "{{.name}}", "rollingCount", 2));
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "a")));
            assertThatThrownBy(() -> sink.write(
                            batch(values(2L, "a"), values(3L, "a"), values(4L, "new"), values(5L, "blocked"))))
                    .isInstanceOf(IOException.class);
            assertThat(names()).containsExactly("a");
            assertThat(root.resolve("a")).hasContent("1,a");
            sink.write(batch(values(2L, "a"), values(3L, "a")));
        }
        assertThat(root.resolve("a")).hasContent("3,a");
        assertThat(root.resolve("a-0")).hasContent("1,a\n2,a");
    }

    @Test
    void fullFileIsFollowedByTheNext() throws Exception {
        Map<String, Object> properties = Map.of("path", "out.txt", "rollingCount", 2, "rollingNamePattern", "suffix");
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "a"), values(2L, "b"), values(3L, "c"), values(4L, "d"), values(5L, "e")));
        }
        assertThat(names()).containsExactly("out-0-1.txt", "out-0-2.txt", "out-0.txt");
        assertThat(root.resolve("out-0.txt")).hasContent("1,a\n2,b");
        assertThat(root.resolve("out-0-1.txt")).hasContent("3,c\n4,d");
        assertThat(root.resolve("out-0-2.txt")).hasContent("5,e");
    }

    @Test
    void fileRollsBySize() throws Exception {
        Map<String, Object> properties = Map.of("path", "out", "rollingSize", 8, "rollingNamePattern", "prefix");
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "aaa"), values(2L, "bbb"), values(3L, "ccc")));
        }
        assertThat(names()).containsExactly("0-out", "0-out-1");
        assertThat(root.resolve("0-out")).hasContent("1,aaa\n2,bbb");
    }

    @Test
    void fileRollsByAge() throws Exception {
        try (TestContext context = context(Map.of("path", "out.txt", "rollingInterval", "1m"));
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "a")));
            context.clock().advance(Duration.ofSeconds(59));
            sink.write(batch(values(2L, "b")));
            context.clock().advance(Duration.ofSeconds(1));
            sink.write(batch(values(3L, "c")));
        }
        assertThat(root.resolve("out-60000.txt")).hasContent("1,a\n2,b");
        assertThat(root.resolve("out.txt")).hasContent("3,c");
    }

    @Test
    void csvBeginsWithTheNamesOfTheColumns() throws Exception {
        Map<String, Object> properties =
                Map.of("path", "out.csv", "fileType", "csv", "hasHeader", true, "rollingCount", 2);
        for (int i = 0; i < 2; i++) {
            try (TestContext context = context(properties, "delimited");
                    Sink sink = open(context)) {
                sink.write(batch(values((long) i, "a")));
            }
        }
        assertThat(root.resolve("out.csv")).hasContent("id,name\n0,a\n1,a");
    }

    @Test
    void jsonFileIsWholeAfterEveryWriteAndTakesTheElementsOfArrays() throws Exception {
        try (TestContext context = context(Map.of("path", "out.json", "fileType", "json"));
                Sink sink = open(context)) {
            sink.write(Rows.batchAsOneMessage(SCHEMA, values(1L, "a"), values(2L, "b")));
            assertThat(root.resolve("out.json"))
                    .hasContent("[\n{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}\n]");
            sink.write(Rows.batch(SCHEMA, values(3L, "c")));
        }
        assertThat(root.resolve("out.json"))
                .hasContent("[\n{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"},\n{\"id\":3,\"name\":\"c\"}\n]");
    }

    @Test
    void tornLastLineIsEnded() throws Exception {
        Files.writeString(root.resolve("out"), "whole\ntor");
        try (TestContext context = context(Map.of("path", "out"));
                Sink sink = open(context)) {
            sink.write(batch(values(1L, "a")));
        }
        assertThat(root.resolve("out")).hasContent("whole\ntor\n1,a");
    }

    @Test
    void jsonFileOfSomebodyElseIsNotGarbled() throws Exception {
        Files.writeString(root.resolve("out"), "[1");
        try (TestContext context = context(Map.of("path", "out", "fileType", "json"));
                Sink sink = open(context)) {
            assertThatThrownBy(() -> sink.write(batch(values(1L, "a"))))
                    .hasMessageContaining("the file does not end as this sink ends files");
        }
        assertThat(root.resolve("out")).hasContent("[1");
    }

    @Test
    void twoSinksDoNotWriteOneFile() throws Exception {
        try (TestContext context = context(Map.of("path", "out"));
                Sink one = open(context);
                Sink other = open(context)) {
            one.write(batch(values(1L, "a")));
            assertThatThrownBy(() -> other.write(batch(values(2L, "b"))))
                    .hasMessageContaining("somebody else writes this file");
            one.close();
            other.write(batch(values(2L, "b")));
        }
        assertThat(root.resolve("out")).hasContent("1,a\n2,b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileType           | xml   | Sink 'file' of rule 'rule' has 'fileType' 'xml'. It takes: lines, json, csv",
                "fileType           | csv   | Sink 'file' of rule 'rule' has 'fileType' 'csv', which needs 'format' 'delimited', not 'json'",
                "compression        | zstd  | Sink 'file' of rule 'rule' has 'compression' 'zstd'. It takes: gzip",
                "rollingNamePattern | infix | Sink 'file' of rule 'rule' has 'rollingNamePattern' 'infix'. It takes: prefix, suffix, none",
                "rollingInterval    | 1x    | Property 'rollingInterval' takes a time such as 10s",
                "rollingCount       | 0     | Sink 'file' of rule 'rule' takes a 'rollingCount' of 1 or more",
            })
    void wrongPropertiesAreNamed(String name, String value, String problem) {
        Map<String, Object> properties = new HashMap<>(Map.of("path", "out"));
        properties.put(name, value);
        assertThatThrownBy(() -> open(context(properties))).hasMessageStartingWith(problem);
    }

    @Test
    void wrongPropertiesAreNamedBeforeTheSinkIsOpened() {
        FileSink factory = new FileSink();
        assertThatThrownBy(() -> factory.validate(Configurations.of(factory, Map.of("path", "out", "fileType", "xml"))))
                .hasMessage("it has 'fileType' 'xml'. It takes: lines, json, csv");
    }

    private static TestBatch batch(Object[]... rows) {
        return Rows.batch(SCHEMA, new ArrayList<>(List.of(rows)), LINE, true);
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static TestContext context(Map<String, Object> properties) {
        return context(properties, "json");
    }

    private static TestContext context(Map<String, Object> properties, String format) {
        return TestContext.builder().properties(properties).format(format).build();
    }

    private Sink open(TestContext context) {
        FileSink factory = new FileSink(new FileAccess(root));
        return factory.open(Configurations.of(factory, context.properties()), context);
    }
}
