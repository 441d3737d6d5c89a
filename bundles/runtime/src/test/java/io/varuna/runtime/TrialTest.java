package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.TrialService;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    private final TestContainer container;
    private final TrialService trials;
    private final List<String> seen = new ArrayList<>();
    private int ended;

    TrialTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
        this.trials = container.runtime().trials();
    }

    @BeforeEach
    void createStream() {
        container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\", SHARED = \"true\")");
    }

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void resultsAreShownInTheFormOfTheSinkAndNothingIsKept() throws Exception {
        create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\",\"sinkProps\":{\"sendSingle\":true}}");
        assertThat(container.feed().opened()).isZero();

        trials.start("t");
        container.feed().feed("a", 1L);

        assertThat(seen).containsExactly("{\"a\":1}");
        assertThat(container.rules().list()).isEmpty();
        trials.remove("t");
        assertThat(ended).isEqualTo(1);
        assertThat(container.feed().opened()).isZero();
        assertThatThrownBy(() -> trials.start("t")).hasMessageContaining("There is no trial 't'");
    }

    @Test
    void recordsCanStandInForTheSource() {
        FeedSource simulator = new FeedSource();
        container.plugins().add(new ProvidedPlugin<>(PluginKind.SOURCE, "simulator", "simulator", "1.0.0", simulator));
        create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\",\"mockSource\":{\"demo\":{}}}");

        trials.start("t");
        simulator.feed("a", 2L);

        assertThat(seen).containsExactly("[{\"a\":2}]");
        assertThat(container.feed().opened()).isZero();
    }

    @Test
    void sameIdReplacesATrial() {
        create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\"}");
        trials.start("t");

        trials.create("{\"id\":\"t\",\"sql\":\"SELECT b FROM demo\"}");

        assertThat(ended).isEqualTo(1);
        assertThat(container.feed().opened()).isZero();
    }

    @Test
    void trialEndsAfterMinutes() {
        create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\"}");
        trials.start("t");

        container.advance(Duration.ofMinutes(5));

        assertThat(ended).isEqualTo(1);
        assertThat(container.feed().opened()).isZero();
    }

    @Test
    void trialEndsWithAPluginThatItUses() {
        create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\"}");
        trials.start("t");

        container.removeFeed();

        assertThat(seen).singleElement().asString().contains("a plugin that it uses goes");
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void thereAreOnlySomeAtATime() {
        for (int i = 0; i < 16; i++) {
            trials.create("{\"id\":\"t" + i + "\",\"sql\":\"SELECT a FROM demo\"}");
        }

        assertThatThrownBy(() -> trials.create("{\"id\":\"more\",\"sql\":\"SELECT a FROM demo\"}"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("There are 16 trials already");
        trials.create("{\"id\":\"t3\",\"sql\":\"SELECT a FROM demo\"}");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> trials.create("{\"id\":\"t\",\"sql\":\"SELECT a FROM dmo\"}"))
                .hasMessageContaining("dmo");
        assertThatThrownBy(() -> trials.create(
                        "{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\",\"mockSource\":{\"dem\":{\"data\":[]}}}"))
                .hasMessageContaining("does not read 'dem'");
        assertThatThrownBy(() -> trials.create(
                        "{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\",\"sinkProps\":{\"sendSingel\":true}}"))
                .hasMessageContaining("has no property 'sendSingel'");
        assertThatThrownBy(() -> trials.create("{\"id\":\"t\",\"sql\":\"SELECT a FROM demo\",\"mock\":{}}"))
                .hasMessageContaining("unknown member 'mock'");
        assertThatThrownBy(() -> trials.create("{\"id\":\"../t\",\"sql\":\"SELECT a FROM demo\"}"))
                .isInstanceOf(VarunaException.class);
    }

    private void create(String json) {
        String id = trials.create(json);
        trials.listen(id, seen::add, () -> ended++);
    }
}
