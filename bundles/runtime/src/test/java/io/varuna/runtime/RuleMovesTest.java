package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import io.varuna.api.manage.RuleState;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleMovesTest {
    private static final Duration HEALTH = Duration.ofSeconds(3);

    private final TestContainer container;
    private final CollectSink next = new CollectSink();

    RuleMovesTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
    }

    /** The version that rules have at first. */
    public static final class One implements FunctionLibrary {
        @SqlFunction(doc = "Returns the number times ten.")
        public static long scaled(long number) {
            return number * 10;
        }
    }

    /** Does the same, differently. */
    public static final class Two implements FunctionLibrary {
        @SqlFunction(doc = "Returns the number times a hundred.")
        public static long scaled(long number) {
            return number * 100;
        }
    }

    /** Means something else. */
    public static final class Three implements FunctionLibrary {
        @SqlFunction(doc = "Returns the text.")
        public static String scaled(String text) {
            return text;
        }
    }

    private static final class RefusingSink implements SinkFactory<RefusingSink.Config> {
        @interface Config {}

        @Override
        public Sink open(Config config, SinkContext context) throws IOException {
            throw new IOException("no such table");
        }
    }

    @BeforeEach
    void createStream() {
        container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\")");
    }

    @AfterEach
    void close() {
        container.close();
    }

    private PluginUsers users() {
        return container.runtime().pluginUsers();
    }

    private void create(String id, String sql, String options) {
        container
                .rules()
                .create("{\"id\": \"" + id + "\", \"sql\": \"" + sql
                        + "\", \"actions\": [{\"collect\": {}}], \"options\": {" + options + "}}");
    }

    private void add(String version, SinkFactory<?> sink) {
        container.plugins().add(new ProvidedPlugin<>(PluginKind.SINK, "collect", "collect", version, sink));
        container.settle();
    }

    private List<RuleEffect> move(String version) {
        CompletableFuture<List<RuleEffect>> effects = users().move("collect", version, HEALTH);
        container.advance(HEALTH);
        assertThat(effects).isDone();
        return effects.join();
    }

    @Test
    void movesRulesWhileTheyRun() {
        create("r1", "SELECT a FROM demo", "");
        container.feed().feed("a", 1L);
        add("2.0.0", next);

        assertThat(users().of("collect", "1.0.0")).containsExactly("r1");
        assertThat(users().previewMove("collect", "2.0.0"))
                .containsExactly(RuleEffect.of("r1", RuleReaction.SWAP, "from 1.0.0"));
        List<RuleEffect> effects = move("2.0.0");
        container.removeCollect();
        container.feed().feed("a", 2L);

        assertThat(effects).singleElement().satisfies(effect -> {
            assertThat(effect.reaction()).isEqualTo(RuleReaction.SWAP);
            assertThat(effect.message()).contains("sink 'collect_0'");
        });
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
        assertThat(next.rows()).containsExactly(Map.of("a", 2L));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.rules().status("r1").lastStop()).isZero();
        assertThat(users().of("collect", "2.0.0")).containsExactly("r1");
    }

    @Test
    void leavesAllRulesWhereTheyAreIfOneCannotMove() {
        create("r1", "SELECT a FROM demo", "");
        container
                .rules()
                .create(
                        "{\"id\": \"r2\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"collect\": {\"table\": \"t\"}}]}");
        add("2.0.0", new SinkFactory<CollectSink.Config>() {
            @Override
            public Class<CollectSink.Config> configType() {
                return CollectSink.Config.class;
            }

            @Override
            public Sink open(CollectSink.Config config, SinkContext context) throws IOException {
                if (config.table().isEmpty()) {
                    throw new IOException("no such table");
                }
                return next.open(config, context);
            }
        });

        List<RuleEffect> effects = move("2.0.0");
        container.feed().feed("a", 1L);

        assertThat(effects).extracting(RuleEffect::reaction).containsExactly(RuleReaction.REFUSED, RuleReaction.SWAP);
        assertThat(effects.get(0).message()).isEqualTo("sink 'collect_0': no such table");
        assertThat(users().of("collect", "1.0.0")).containsExactly("r1", "r2");
        assertThat(container.collect().rows()).hasSize(2);
        assertThat(next.rows()).isEmpty();
    }

    @Test
    void takesAllRulesBackIfOneFailsAtTheEndOfItsTrial() {
        create("r1", "SELECT a FROM demo", "");
        create("r2", "SELECT a FROM demo WHERE a > 5", "");
        next.failAt(7L);
        add("2.0.0", next);

        CompletableFuture<List<RuleEffect>> moving = users().move("collect", "2.0.0", HEALTH);
        container.feed().feed("a", 1L);
        container.advance(HEALTH.minusMillis(1));
        container.feed().feed("a", 7L);
        container.advance(HEALTH);
        List<RuleEffect> effects = moving.join();
        container.feed().feed("a", 2L);

        assertThat(effects).extracting(RuleEffect::reaction).contains(RuleReaction.REFUSED);
        assertThat(effects).anySatisfy(effect -> assertThat(effect.message()).contains("the disk is full"));
        assertThat(users().of("collect", "1.0.0")).containsExactly("r1", "r2");
        assertThat(users().of("collect", "2.0.0")).isEmpty();
        assertThat(next.rows()).containsExactly(Map.of("a", 1L));
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 7L), Map.of("a", 7L), Map.of("a", 2L));
    }

    @Test
    void leavesARuleThatAsksForAVersion() {
        create("r1", "SELECT a FROM demo", "\"plugins\": {\"collect\": \"1.0.0\"}");
        create("r2", "SELECT a FROM demo", "");
        add("2.0.0", next);

        List<RuleEffect> effects = move("2.0.0");
        container.feed().feed("a", 1L);

        assertThat(effects.get(0)).isEqualTo(RuleEffect.of("r1", RuleReaction.NONE, "it asks for 1.0.0"));
        assertThat(effects).extracting(RuleEffect::rule).containsExactly("r1", "r2");
        assertThat(container.collect().rows()).hasSize(1);
        assertThat(next.rows()).hasSize(1);
        assertThat(users().previewRemoval("collect", List.of("1.0.0")))
                .containsExactly(RuleEffect.of("r1", RuleReaction.WAIT, "until it is back"));
        container.rules().restart("r1");
        container.feed().feed("a", 2L);
        assertThat(container.collect().rows()).hasSize(2);
    }

    @Test
    void waitsForTheVersionThatARuleAsksFor() {
        create("r1", "SELECT a FROM demo", "\"plugins\": {\"collect\": \"1.5.0\"}");

        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1"))
                .isEqualTo("waiting for sink 'collect'. There are: collect. It asks for version 1.5.0 of plugin"
                        + " 'collect'; there is 1.0.0");
        assertThat(users().waitingFor(PluginKind.SINK, "collect"))
                .containsExactly(RuleEffect.of("r1", RuleReaction.START, "it waits for this"));
        add("1.5.0", next);
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void tellsWhenARuleAsksForAVersionNoMore() {
        create("r1", "SELECT a FROM demo", "\"plugins\": {\"collect\": \"1.0.0\"}");
        List<List<String>> askers = new ArrayList<>();
        users().onRelease(() -> askers.add(users().of("collect", "1.0.0")));

        container.rules().stop("r1");
        assertThat(users().of("collect", "1.0.0")).containsExactly("r1");
        create("r2", "SELECT a FROM demo", "\"plugins\": {\"collect\": \"1.0.0\"}");
        container.rules().delete("r1");
        container
                .rules()
                .update(
                        "r2",
                        "{\"sql\": \"SELECT a FROM demo\", \"actions\": [{\"nop\": {}}], \"triggered\": false,"
                                + " \"options\": {\"waitForPlugins\": true}}");

        assertThat(askers).containsExactly(List.of("r2"), List.of());
    }

    @Test
    void saysThatAnotherVersionHasTheFunction() {
        container.plugins().add(new One(), "scaling", "1.0.0");

        assertThatThrownBy(() -> create("r1", "SELECT scaled(a) FROM demo", "\"plugins\": {\"scaling\": \"2.0.0\"}"))
                .hasMessageContaining(
                        "There is no function 'scaled'. Plugin 'scaling' 1.0.0 has it, but version 2.0.0 is"
                                + " asked for, which is not here");
    }

    @Test
    void foreseesThatANameWillBeThereTwice() {
        container.plugins().add(new One(), "scaling", "1.0.0");

        assertThat(users().clashes(
                                "another",
                                Map.of(
                                        PluginKind.SINK,
                                        List.of("collect", "other"),
                                        PluginKind.FUNCTION,
                                        List.of("SCALED", "unheard_of"))))
                .containsExactly(
                        "The plugins another, collect have sink 'collect'. That of 'another' is used; 'prefer' in"
                                + " etc/io.varuna.runtime.cfg changes that",
                        "The plugins another, scaling have function 'SCALED'. That of 'another' is used; 'prefer' in"
                                + " etc/io.varuna.runtime.cfg changes that");
        assertThat(users().clashes("collect", Map.of(PluginKind.SINK, List.of("collect"))))
                .isEmpty();
    }

    @Test
    void namesThatOthersHaveAreUndecidedUntilAPluginIsPreferred() {
        container.plugins().add(new One(), "scaling", "1.0.0");
        Map<PluginKind, List<String>> names = Map.of(
                PluginKind.SINK, List.of("collect", "other"), PluginKind.FUNCTION, List.of("SCALED", "unheard_of"));

        assertThat(users().undecided("another", names))
                .containsExactly("function 'SCALED' of plugin scaling", "sink 'collect' of plugin collect");
        assertThat(users().undecided("collect", Map.of(PluginKind.SINK, List.of("collect"))))
                .isEmpty();
        container.plugins().preferPlugins(List.of("scaling"));
        assertThat(users().undecided("another", names)).containsExactly("sink 'collect' of plugin collect");
        container.plugins().preferPlugins(List.of("another"));
        assertThat(users().undecided("another", names)).isEmpty();
    }

    @Test
    void goesOnWithAnotherVersionWhenTheOneInUseGoes() {
        add("2.0.0", next);
        create("r1", "SELECT a FROM demo GROUP BY COUNTWINDOW(2)", "");
        container.feed().feed("a", 1L);
        assertThat(users().previewRemoval("collect", List.of("2.0.0")))
                .containsExactly(RuleEffect.of("r1", RuleReaction.SWAP, "goes on with 1.0.0"));

        container.plugins().remove(PluginKind.SINK, "collect", next);
        container.feed().feed("a", 2L);

        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
        assertThat(container.rules().status("r1").lastStop()).isZero();
    }

    @Test
    void startsRulesWithThePreferredVersion() {
        add("2.0.0", next);
        users().prefer("collect", "1.0.0");
        create("r1", "SELECT a FROM demo", "");

        assertThat(users().of("collect", "1.0.0")).containsExactly("r1");
        users().prefer("collect", "");
        container.rules().restart("r1");
        assertThat(users().of("collect", "2.0.0")).containsExactly("r1");
    }

    @Test
    void movesFunctionsOnlyIfTheQueryStaysTheSame() {
        container.plugins().add(new One(), "scaling", "1.0.0");
        create("r1", "SELECT scaled(a) AS s FROM demo", "");
        container.plugins().add(new Two(), "scaling", "2.0.0");
        container.plugins().add(new Three(), "scaling", "3.0.0");
        container.feed().feed("a", 1L);

        CompletableFuture<List<RuleEffect>> third = users().move("scaling", "3.0.0", Duration.ZERO);
        CompletableFuture<List<RuleEffect>> second = users().move("scaling", "2.0.0", Duration.ZERO);
        container.settle();
        container.feed().feed("a", 2L);

        assertThat(third.join().get(0).reaction()).isEqualTo(RuleReaction.REFUSED);
        assertThat(second.join().get(0).reaction()).isEqualTo(RuleReaction.SWAP);
        assertThat(container.collect().rows()).containsExactly(Map.of("s", 10L), Map.of("s", 200L));
    }

    @Test
    void aRuleThatOnlyWaitsIsNotMoved() {
        container.removeCollect();
        create("r1", "SELECT a FROM demo", "");
        add("2.0.0", new RefusingSink());

        assertThat(users().previewMove("collect", "2.0.0")).isEmpty();
        assertThat(users().move("collect", "2.0.0", HEALTH).join()).isEmpty();
    }
}
