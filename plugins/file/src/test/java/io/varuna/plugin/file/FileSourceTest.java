package io.varuna.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.RecordingOutput.Emitted;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path root;

    FileSourceTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void arrayIsReadElementByElement() throws Exception {
        assertThat(payloads(Map.of(), " [ {\"a\":\"],}\\\"\"} ,\n[1,2], {} ] \n"))
                .containsExactly("{\"a\":\"],}\\\"\"}", "[1,2]", "{}");
        assertThat(payloads(Map.of(), "[]")).isEmpty();
    }

    @Test
    void valuesOneAfterTheOtherAreReadAsTheyCome() throws Exception {
        assertThat(payloads(Map.of(), "{\"a\":1}\n{\"a\":2} {\"a\":3}"))
                .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(payloads(Map.of(), "{\"a\":{\"b\":[]}}")).containsExactly("{\"a\":{\"b\":[]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"a\":1}     | 1 | The array is not closed, at byte 8",
                "[{\"a\":1} {}] | 1 | There is no comma between two elements, at byte 9",
                "[{}]{}         | 1 | There is more after the array, at byte 4",
                "[{},{\"a\":    | 1 | The file ends within a value, at byte 9",
            })
    void brokenArraysAreReadAsFarAsTheyGo(String json, int records, String problem) throws Exception {
        RecordingOutput output = readAll(Map.of(), json.getBytes(StandardCharsets.UTF_8), Schema.OPEN);
        assertThat(output.flushed()).hasSize(records);
        assertThat(output.rejected()).singleElement().satisfies(rejected -> assertThat(rejected.cause())
                .hasMessage(problem));
    }

    @Test
    void linesAreRecordsWithoutTheirEnds() throws Exception {
        Map<String, Object> properties = Map.of("fileType", "lines", "ignoreStartLines", 1, "ignoreEndLines", 2);
        assertThat(payloads(properties, "head\r\none\r\n\ntwo\nfoot\nfoot")).containsExactly("one", "two");
    }

    @Test
    void csvIsConvertedToTheColumnsOfTheStream() throws Exception {
        Schema schema = Schema.of(
                new Column("id", DataType.BIGINT),
                new Column("t", DataType.DOUBLE),
                new Column("ok", DataType.BOOLEAN));
        String csv =
                "\ufeffid,name,t,ok\n1,\"a,\"\"b\"\"\nc\",20.5,true\n2,5\" pipe,,\nx,d,1,true\n3,e,1,true,more\n4,f,2,false";
        RecordingOutput output =
                readAll(Map.of("fileType", "csv", "hasHeader", true), csv.getBytes(StandardCharsets.UTF_8), schema);
        assertThat(output.flushed())
                .extracting(record -> String.valueOf(record.row()))
                .containsExactly(
                        "{id=1, name=a,\"b\"\nc, t=20.5, ok=true}",
                        "{id=2, name=5\" pipe, t=null, ok=null}",
                        "{id=4, name=f, t=2.0, ok=false}");
        assertThat(output.rejected())
                .extracting(rejected -> rejected.cause().getMessage())
                .containsExactly(
                        "Column 'id' takes BIGINT, not 'x' (STRING)", "The line has 5 values, but there are 4 columns");
    }

    @Test
    void csvColumnsCanBeNamedOrAreNumbered() throws Exception {
        byte[] csv = "1;a\n2;b\n".getBytes(StandardCharsets.UTF_8);
        assertThat(readAll(
                                Map.of("fileType", "csv", "delimiter", ";", "columns", List.of("id", "name")),
                                csv,
                                Schema.OPEN)
                        .flushed())
                .extracting(Emitted::row)
                .containsExactly(Map.of("id", "1", "name", "a"), Map.of("id", "2", "name", "b"));
        assertThat(readAll(Map.of("fileType", "csv", "delimiter", ";"), csv, Schema.OPEN)
                        .flushed())
                .extracting(Emitted::row)
                .startsWith(Map.of("col0", "1", "col1", "a"));
    }

    @Test
    void csvWithoutHeaderHasTheColumnsOfTheStream() throws Exception {
        Schema schema = Schema.of(new Column("id", DataType.BIGINT), new Column("name", DataType.VARCHAR));
        byte[] csv = "1,a\n".getBytes(StandardCharsets.UTF_8);
        assertThat(readAll(Map.of("fileType", "csv"), csv, schema).flushed())
                .extracting(Emitted::row)
                .containsExactly(Map.of("id", 1L, "name", "a"));
    }

    @Test
    void rawFileIsOneRecord() throws Exception {
        assertThat(payloads(Map.of("fileType", "raw"), "a\nb\n")).containsExactly("a\nb\n");
    }

    @Test
    void packedFilesAreUnpackedAndReadOn() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Object> properties = Map.of("fileType", "lines", "decompression", "gzip");
        RecordingOutput output = readAll(properties, packed.toByteArray(), Schema.OPEN);
        assertThat(texts(output)).containsExactly("one", "two", "three");
        Position first = Objects.requireNonNull(output.flushed().get(0).position());
        try (TestContext context = context("data", properties, List.of(first));
                SourceRun run = start(context)) {
            assertThat(run.awaitReturn(PATIENCE)).isTrue();
            assertThat(texts(run.output())).containsExactly("two", "three");
        }
    }

    @Test
    void fileIsReadAgainAtEveryInterval() throws Exception {
        Files.writeString(root.resolve("data"), "one\ntwo\n");
        try (TestContext context = context("data", Map.of("fileType", "lines", "interval", "10s"), List.of());
                SourceRun run = start(context)) {
            assertThat(run.output().awaitFlushed(5, PATIENCE)).isTrue();
            assertThat(texts(run.output()).subList(0, 5)).containsExactly("one", "two", "one", "two", "one");
            assertThat(((PollingSource) run.source()).interval()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void recordsAreSentAtAnInterval() throws Exception {
        Files.writeString(root.resolve("data"), "one\ntwo\n");
        FileSource factory = new FileSource(new FileAccess(root));
        Map<String, Object> properties = Map.of("fileType", "lines", "sendInterval", "200ms");
        try (TestContext context = context("data", properties, List.of());
                PollingSource source = (PollingSource) factory.open(Configurations.of(factory, properties), context)) {
            RecordingOutput output = new RecordingOutput();
            assertThat(source.poll(context.clock().instant(), output)).isTrue();
            assertThat(output.emitted()).hasSize(1);
            assertThat(source.interval()).isEqualTo(Duration.ofMillis(200));
            assertThat(source.poll(context.clock().instant(), output)).isTrue();
            assertThat(output.emitted()).hasSize(2);
        }
    }

    @Test
    void filesAreDeletedOnceTheirRecordsAreSafe() throws Exception {
        Path file =
                Files.writeString(Files.createDirectories(root.resolve("in")).resolve("a"), "one\ntwo\n");
        Map<String, Object> properties = Map.of("fileType", "lines", "actionAfterRead", 1);
        try (TestContext context = context("in", properties, List.of());
                SourceRun run = start(context)) {
            assertThat(run.output().awaitFlushed(2, PATIENCE)).isTrue();
            List<Emitted> records = run.output().flushed();
            commit(run, records.get(0));
            await().until(() -> run.output().commitRequests() > 0);
            assertThat(file).exists();
            commit(run, records.get(1));
            await().until(() -> !Files.exists(file));
            Files.writeString(file, "one\ntwo\nthree\n");
            assertThat(run.output().awaitFlushed(5, PATIENCE))
                    .as("a new file of an old name")
                    .isTrue();
        }
    }

    @Test
    void filesAreMovedWithoutOverwritingOthers() throws Exception {
        Path in = Files.createDirectories(root.resolve("in"));
        Path done = Files.createDirectories(root.resolve("done"));
        Files.writeString(done.resolve("a"), "older");
        Files.writeString(in.resolve("a"), "one\n");
        Map<String, Object> properties = Map.of("fileType", "lines", "actionAfterRead", 2, "moveTo", "done");
        try (TestContext context = context("in", properties, List.of());
                SourceRun run = start(context)) {
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            commit(run, run.output().flushed().get(0));
            await().until(() -> Files.exists(done.resolve("a.1")));
            assertThat(done.resolve("a")).hasContent("older");
            assertThat(done.resolve("a.1")).hasContent("one");
        }
    }

    @Test
    void fileThatWasSafeBeforeARestartIsDealtWithAfterIt() throws Exception {
        Path file = Files.writeString(root.resolve("data"), "one\n");
        Map<String, Object> properties = new HashMap<>(Map.of("fileType", "lines"));
        Position last = Objects.requireNonNull(readAll(properties, Files.readAllBytes(file), Schema.OPEN)
                .flushed()
                .get(0)
                .position());
        properties.put("actionAfterRead", 1);
        try (TestContext context = context("data", properties, List.of(last));
                SourceRun run = start(context)) {
            assertThat(run.awaitReturn(PATIENCE)).isTrue();
            assertThat(run.output().emitted()).isEmpty();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void replacedFileIsReadFromItsStart() throws Exception {
        Map<String, Object> properties = Map.of("fileType", "lines");
        RecordingOutput before = readAll(properties, "one\ntwo\n".getBytes(StandardCharsets.UTF_8), Schema.OPEN);
        Position last = Objects.requireNonNull(before.flushed().get(1).position());
        Files.writeString(root.resolve("data"), "four\nfive\nsix\n");
        try (TestContext context = context("data", properties, List.of(last));
                SourceRun run = start(context)) {
            assertThat(run.awaitReturn(PATIENCE)).isTrue();
            assertThat(texts(run.output())).containsExactly("four", "five", "six");
        }
    }

    @Test
    void hiddenFilesAndDirectoriesAreLeftOut() throws Exception {
        Path in = Files.createDirectories(root.resolve("in"));
        Files.createDirectories(in.resolve("below"));
        Files.writeString(in.resolve(".hidden"), "hidden\n");
        Files.writeString(in.resolve("seen"), "seen\n");
        try (TestContext context = context("in", Map.of("fileType", "lines"), List.of());
                SourceRun run = start(context)) {
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
            assertThat(texts(run.output())).containsExactly("seen");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data", "in/../../data", "/etc/passwd"})
    void pathsOutsideOfTheRootAreRefused(String path) {
        assertThatThrownBy(() -> start(context(path, Map.of(), List.of())))
                .hasMessageMatching("Path '.*' (climbs up with '\\.\\.'|is outside of).*");
    }

    @Test
    void linksOutOfTheRootAreRefused() throws Exception {
        Path inner = Files.createDirectories(root.resolve("inner"));
        Files.writeString(root.resolve("secret"), "x");
        Files.createSymbolicLink(inner.resolve("link"), root.resolve("secret"));
        assertThatThrownBy(() -> new FileAccess(inner).resolve("", "link")).hasMessageContaining("is outside of");
    }

    @Test
    void missingFileIsAFailureThatMayPass() {
        FileSource factory = new FileSource(new FileAccess(root));
        assertThatThrownBy(() -> start(context("none", Map.of(), List.of())))
                .hasMessageContaining("there is no such file or directory")
                .satisfies(failure ->
                        assertThat(factory.isTransient((Exception) failure)).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileType        | xml  | Source 'file' of stream 'stream' has 'fileType' 'xml'. It takes: json, csv, lines, raw",
                "decompression   | zip  | Source 'file' of stream 'stream' has 'decompression' 'zip'. It takes: gzip, zlib",
                "actionAfterRead | 3    | Source 'file' of stream 'stream' has 'actionAfterRead' 3. It takes 0 (keep), 1 (delete) or 2 (move)",
                "actionAfterRead | 2    | Source 'file' of stream 'stream' needs 'moveTo', the directory for files that were read",
                "interval        | soon | Property 'interval' takes a time such as 10s",
                "delimiter       | ab   | Source 'file' of stream 'stream' has 'delimiter' 'ab'. It takes one character",
            })
    void wrongPropertiesAreNamed(String name, String value, String problem) throws Exception {
        Files.writeString(root.resolve("data"), "");
        assertThatThrownBy(() -> start(context("data", Map.of(name, value), List.of())))
                .hasMessageStartingWith(problem);
    }

    private static void commit(SourceRun run, Emitted record) throws Exception {
        run.source().committed(Objects.requireNonNull(record.position()));
    }

    private List<String> payloads(Map<String, Object> properties, String content) throws Exception {
        RecordingOutput output = readAll(properties, content.getBytes(StandardCharsets.UTF_8), Schema.OPEN);
        assertThat(output.rejected()).isEmpty();
        return texts(output);
    }

    private static List<String> texts(RecordingOutput output) {
        return output.flushed().stream()
                .map(record -> StandardCharsets.UTF_8
                        .decode(Objects.requireNonNull(record.payload()).duplicate())
                        .toString())
                .toList();
    }

    private RecordingOutput readAll(Map<String, Object> properties, byte[] content, Schema schema) throws Exception {
        Files.write(root.resolve("data"), content);
        try (TestContext context = TestContext.builder()
                        .properties(properties)
                        .schema(schema)
                        .dataSource("data")
                        .build();
                SourceRun run = start(context)) {
            assertThat(run.awaitReturn(PATIENCE)).isTrue();
            assertThat(run.failure()).isNull();
            return run.output();
        }
    }

    private static TestContext context(String dataSource, Map<String, Object> properties, List<Position> restored) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(properties);
        return TestContext.builder()
                .properties(given)
                .dataSource(dataSource)
                .restored(restored)
                .build();
    }

    private SourceRun start(TestContext context) throws Exception {
        return SourceRun.start(new FileSource(new FileAccess(root)), context);
    }
}
