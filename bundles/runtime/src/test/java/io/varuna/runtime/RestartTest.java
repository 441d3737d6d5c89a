package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.source.Position;
import io.varuna.runtime.store.Store;
import io.varuna.runtime.store.StoredRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final String DEMO = "CREATE STREAM demo () WITH (TYPE = \"feed\")";

    private final Path directory;

    RestartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String rule(String id, String sql, String more) {
        return "{\"id\": \"" + id + "\", \"sql\": \"" + sql + "\", \"actions\": [{\"collect\": {}}]" + more + "}";
    }

    @Test
    void bringsBackStreamsAndRules() {
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("runs", "SELECT a FROM demo", ""));
            container.rules().create(rule("stopped", "SELECT b FROM demo", ""));
            container.rules().stop("stopped");
            container.rules().create(rule("temporary", "SELECT b FROM demo", ", \"temp\": true"));
        }
        try (TestContainer container = new TestContainer(directory)) {
            container.feed().feed("a", 1L, "b", 2L);

            assertThat(container.streams().get("demo", false).statement()).isEqualTo(DEMO);
            assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("runs", "stopped");
            assertThat(container.state("runs")).isEqualTo(RuleState.RUNNING);
            assertThat(container.state("stopped")).isEqualTo(RuleState.STOPPED);
            assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
        }
    }

    @Test
    void bringsBackNothingOfWhatHasBecomeTemporary() {
        String other = DEMO.replace("demo", "other");
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));
            container.rules().update("r1", rule("r1", "SELECT b FROM demo", ", \"temp\": true"));
            container.streams().create(other);
            container.streams().replace("other", other.replace("WITH (", "WITH (TEMP = \"true\", "));
        }
        try (TestContainer container = new TestContainer(directory)) {
            assertThat(container.rules().list()).isEmpty();
            assertThat(container.streams().list(false))
                    .extracting(StreamDescription::name)
                    .containsExactly("demo");
        }
    }

    @Test
    void readsOnFromAnotherPlaceWhenItIsTold() {
        String qos = ", \"options\": {\"qos\": 1}";
        try (TestContainer container = new TestContainer(directory)) {
            container.feed().count();
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT count(*) AS n FROM demo GROUP BY COUNTWINDOW(3)", qos));
            container.feed().feed("a", 1L);
            container.feed().feed("a", 2L);

            container.rules().stop("r1");
            container.rules().readFrom("r1", "demo", Map.of("feed", "7"));
            assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
            container.rules().start("r1");

            assertThat(container.feed().restored()).containsExactly(new Position("feed", "7"));
            container.feed().feed("a", 3L);
            assertThat(container.collect().rows()).as("its state stays").containsExactly(Map.of("n", 3L));
            container.rules().stop("r1");
            container.rules().readFrom("r1", "demo", Map.of());
            container.rules().start("r1");
            assertThat(container.feed().restored()).isEmpty();
        }
    }

    @Test
    void keepsItsPlaceWhereThereIsNone() {
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));

            assertThatThrownBy(() -> container.rules().readFrom("r1", "demo", Map.of()))
                    .hasMessageContaining("its option 'qos' is 0");
            assertThatThrownBy(() -> container.rules().readFrom("r1", "other", Map.of()))
                    .hasMessageContaining("does not read 'other'");
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
    }

    @Test
    void waitsForPluginsThatStartLater() {
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));
        }
        try (TestContainer container = new TestContainer(directory, Optional.empty(), false)) {
            assertThat(container.state("r1")).isEqualTo(RuleState.STARTING);
            container.addFeed();
            container.addCollect("1.0.0");
            container.settle();
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
        try (TestContainer container = new TestContainer(directory, Optional.empty(), false)) {
            container.advance(Duration.ofSeconds(5));
            assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        }
    }

    @Test
    void waitsForAFunctionThatIsGone() {
        try (TestContainer container = new TestContainer(directory)) {
            container.plugins().add(TestContainer.LIBRARY, "library", "1.0.0");
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT twice(a) AS t FROM demo", ""));
        }
        try (TestContainer container = new TestContainer(directory)) {
            container.advance(Duration.ofSeconds(5));
            assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
            assertThat(container.message("r1")).contains("function 'twice'");

            container.plugins().add(TestContainer.LIBRARY, "library", "1.0.1");
            container.settle();
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
    }

    @Test
    void compilesAnewWhatAnotherVersionCompiled() {
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));
        }
        try (Store store = Store.open(directory)) {
            String document = store.rules().get("r1").orElseThrow().document();
            store.rules().put("r1", new StoredRule(document, new byte[] {9, 9, 9}, "of another version"));
        }
        try (TestContainer container = new TestContainer(directory)) {
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.rules().get("r1").orElseThrow().fingerprint()).isNotEqualTo("of another version");
        }
    }

    @Test
    void compilesAnewAPlanOfAnotherForm() {
        try (TestContainer container = new TestContainer(directory)) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));
        }
        StoredRule current = stored("r1");
        // all else is the same: only the form of the bytes tells
        byte[] earlier = current.plan().clone();
        ByteBuffer.wrap(earlier).putInt(Integer.BYTES, 1);
        try (Store store = Store.open(directory)) {
            store.rules().put("r1", new StoredRule(current.document(), earlier, current.fingerprint()));
        }
        try (TestContainer container = new TestContainer(directory)) {
            container.feed().feed("a", 1L);
            assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
        }
        assertThat(stored("r1").plan()).isEqualTo(current.plan());
    }

    @Test
    void keepsAPlanAsLongAsEverythingIsTheSameThatItWasMadeOf() {
        try (TestContainer container = new TestContainer(directory)) {
            container.plugins().add(TestContainer.LIBRARY, "library", "1.0.0");
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT twice(a) AS t FROM demo", ""));
        }
        StoredRule first = stored("r1");
        startWithLibrary("1.0.0");
        assertThat(stored("r1").plan()).isEqualTo(first.plan());
        assertThat(stored("r1").fingerprint()).isEqualTo(first.fingerprint());

        startWithLibrary("1.0.1");
        assertThat(stored("r1").fingerprint()).isNotEqualTo(first.fingerprint());
    }

    private void startWithLibrary(String version) {
        try (TestContainer container = new TestContainer(directory)) {
            container.plugins().add(TestContainer.LIBRARY, "library", version);
            container.settle();
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
    }

    private StoredRule stored(String id) {
        try (Store store = Store.open(directory)) {
            return store.rules().get(id).orElseThrow();
        }
    }

    @Test
    void fillsAnEmptyStoreFromAFile() throws IOException {
        Path init = Files.writeString(
                directory.resolve("init.json"),
                """
                {"streams": {"demo": "CREATE STREAM demo () WITH (TYPE = \\"feed\\")"}, "tables": {},
                 "rules": {"r1": "{\\"id\\": \\"r1\\", \\"sql\\": \\"SELECT twice(a) AS t FROM demo\\", \\"actions\\": [{\\"collect\\": {}}]}",
                           "r2": {"sql": "SELECT a FROM demo", "actions": [{"collect": {}}]}}}""");
        try (TestContainer container = new TestContainer(directory, Optional.of(init), true)) {
            assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("r2");

            // the functions of a plugin may come later
            container.plugins().add(TestContainer.LIBRARY, "library", "1.0.0");
            container.advance(Duration.ofSeconds(1));
            assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("r1", "r2");
            container.rules().delete("r1");
        }
        try (TestContainer container = new TestContainer(directory, Optional.of(init), true)) {
            container.advance(Duration.ofMinutes(1));
            assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("r2");
        }
    }

    @Test
    void exportsWhatCanBeImported() throws IOException {
        String exported;
        try (TestContainer container = new TestContainer(directory.resolve("a"))) {
            container.streams().create(DEMO);
            container.rules().create(rule("r1", "SELECT a FROM demo", ""));
            exported = container.rules().exportRuleset();
        }
        try (TestContainer container = new TestContainer(directory.resolve("b"))) {
            assertThat(container.rules().importRuleset(exported)).isEmpty();
            assertThat(container.rules().exportRuleset()).isEqualTo(exported);
            assertThat(container.rules().importRuleset("{\"stream\": {}, \"rules\": {\"r2\": \"{}\"}}"))
                    .containsKeys("stream", "rule r2");
        }
    }
}
