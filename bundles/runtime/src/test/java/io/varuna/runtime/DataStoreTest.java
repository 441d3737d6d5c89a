package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.DataService;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleState;
import io.varuna.runtime.data.DataStore;
import io.varuna.testkit.manage.MemoryCatalogs;
import io.varuna.testkit.manage.MemoryPlugins;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStoreTest {
    private static final String DEMO = "CREATE STREAM demo () WITH (TYPE = 'feed')";
    private static final String RULE = "{\"id\":\"r1\",\"sql\":\"SELECT a FROM demo GROUP BY COUNTWINDOW(2)\","
            + "\"actions\":[{\"collect\":{}}]}";

    private final TestContainer container;
    private final UploadDirectory uploads;
    private final DataService data;

    DataStoreTest(@TempDir Path directory) {
        container = new TestContainer(directory.resolve("store"));
        uploads = new UploadDirectory(directory.resolve("uploads"), 100, 1000);
        data = new DataStore(
                container.rules(),
                new MemoryPlugins(),
                new MemoryCatalogs(),
                container.runtime().profiles(),
                uploads);
    }

    @BeforeEach
    void configure() {
        container.streams().create(DEMO);
        container.rules().create(RULE);
        putProfile("plant", "secret");
        putFile("b.txt", "more");
    }

    @AfterEach
    void close() {
        container.close();
    }

    private void putProfile(String name, String password) {
        container
                .runtime()
                .profiles()
                .put(new PropertyProfile(PluginKind.SOURCE, "feed", name, "", Map.of("password", password)));
    }

    private void putFile(String name, String content) {
        uploads.put(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : uploads.list()) {
            contents.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return contents;
    }

    @Test
    void exportHidesSecretsUnlessTheyAreAskedFor() {
        assertThat(data.export(false)).contains("******").doesNotContain("secret");
        assertThat(data.export(true)).contains("secret");
    }

    @Test
    void rulesAreExportedWithWhatTheyNeed() {
        container.streams().create(DEMO.replace("demo", "other"));

        assertThat(data.export(List.of("r1"), false))
                .contains("\"r1\"", "STREAM demo")
                .doesNotContain("STREAM other");
        assertThatThrownBy(() -> data.export(List.of("r2"), false))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("There is no rule 'r2'");
    }

    @Test
    void whatWasExportedIsImported() throws Exception {
        putFile("a.txt", "text");
        String document = data.export(true);
        uploads.remove("a.txt");
        putFile("c.txt", "new");
        putProfile("other", "x");
        container.streams().create(DEMO.replace("demo", "other"));
        container.rules().delete("r1");

        assertThat(data.replace(document)).isEmpty();

        assertThat(files()).containsExactly(Map.entry("a.txt", "text"), Map.entry("b.txt", "more"));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(data.export(true)).isEqualTo(document);
    }

    @Test
    void addingLeavesTheRest() throws Exception {
        assertThat(data.add(
                        "{\"uploads\":{\"a.txt\":{\"content\":\"text\"},\"a/b\":{\"content\":\"\"}},\"rules\":{\"r2\":"
                                + RULE.replace("r1", "r2") + "}}"))
                .containsOnlyKeys("uploads");

        assertThat(files()).containsOnlyKeys("a.txt", "b.txt");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.state("r2")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void documentThatIsRefusedLeavesEverythingAsItWas() throws Exception {
        container.feed().feed("a", 1L);
        String before = data.export(true);
        String profiles =
                "\"sourceConfig\":{\"feed\":{\"plant\":{\"password\":\"other\"},\"new\":{\"password\":\"x\"}}}";

        assertThat(data.replace(
                        "{\"streams\":{\"demo\":\"" + DEMO + "\"},\"uploads\":{\"a.txt\":{\"content\":\"text\"},"
                                + "\"b.txt\":{\"content\":\"less\"}}," + profiles + ",\"rules\":{\"r1\":"
                                + RULE.replace("(2)", "(3)") + ",\"r2\":"
                                + RULE.replace("r1", "r2").replace("demo", "dmo") + "}}"))
                .containsOnlyKeys("rules")
                .hasEntrySatisfying("rules", rules -> assertThat(rules).containsOnlyKeys("r2"));

        assertThat(data.export(true)).isEqualTo(before);
        assertThat(files()).containsExactly(Map.entry("b.txt", "more"));
        container.feed().feed("a", 2L);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
    }

    @Test
    void documentOfAnotherFormIsRefusedBeforeAnything() throws Exception {
        assertRefused("{\"uploads\":{},\"strems\":{}}", "unknown member 'strems'");
        assertRefused("{\"uploads\":{\"a\":\"{}\"}}", "needs 'content', a text, or 'base64'");
        assertRefused("{\"scripts\":{\"f\":\"{}\"}}", "'scripts' has entries");
        assertRefused("{\"nativePlugins\":{\"f\":\"{}\"}}", "must begin with sources_, sinks_");

        assertThat(files()).containsOnlyKeys("b.txt");
    }

    private void assertRefused(String document, String why) {
        assertThatThrownBy(() -> data.replace(document))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining(why);
    }
}
