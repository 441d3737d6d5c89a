package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.manage.RuleState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that waits because a plugin went goes on with its windows, whatever its qos; one that a user starts anew does not. */
class WaitingStateTest {
    private static final String DEMO = "CREATE STREAM demo () WITH (TYPE = \"feed\")";
    private static final String PAIRS = "SELECT a FROM demo GROUP BY COUNTWINDOW(2)";
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Path directory;

    WaitingStateTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String rule(String sql, String options) {
        return "{\"id\": \"r1\", \"sql\": \"" + sql + "\", \"actions\": [{\"collect\": {}}], \"options\": {" + options
                + "}}";
    }

    private TestContainer start(String sql, String options) {
        TestContainer container = new TestContainer(directory);
        container.streams().create(DEMO);
        container.rules().create(rule(sql, options));
        return container;
    }

    /** Takes the sink away, so that the rule waits. */
    private static void loseSink(TestContainer container) {
        container.removeCollect();
        container.advance(LONG);
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
    }

    private static void returnSink(TestContainer container) {
        container.addCollect("1.0.1");
        container.settle();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"enableSaveStateBeforeStop\": true",
                "\"qos\": 1",
                "\"qos\": 1, \"enableSaveStateBeforeStop\": false",
                "\"qos\": 2"
            })
    void goesOnWithItsWindowsWhenThePluginReturns(String options) {
        try (TestContainer container = start(PAIRS, options)) {
            container.feed().feed("a", 1L);
            loseSink(container);

            returnSink(container);
            container.feed().feed("a", 2L);
            container.feed().feed("a", 3L);

            assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
            container.feed().feed("a", 4L);
            assertThat(container.collect().rows()).hasSize(4);
        }
    }

    @Test
    void goesOnWhenTheFunctionsOfTwoLibrariesComeBackOneByOne() {
        FunctionLibrary other = new RuleMovesTest.One();
        try (TestContainer container = new TestContainer(directory)) {
            container.plugins().add(TestContainer.LIBRARY, "both", "1.0.0");
            container.plugins().add(other, "both", "1.0.0");
            container.streams().create("CREATE STREAM demo (a BIGINT, t STRING) WITH (TYPE = \"feed\")");
            container
                    .rules()
                    .create(rule("SELECT twice(t) AS t, scaled(a) AS a FROM demo GROUP BY COUNTWINDOW(2)", ""));
            container.feed().feed("a", 1L, "t", "x");

            container.plugins().remove(TestContainer.LIBRARY);
            container.settle();
            container.plugins().remove(other);
            container.advance(LONG);
            assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
            container.plugins().add(other, "both", "1.0.0");
            container.settle();
            container.plugins().add(TestContainer.LIBRARY, "both", "1.0.0");
            container.settle();
            container.feed().feed("a", 2L, "t", "y");

            assertThat(container.collect().rows())
                    .containsExactly(Map.of("a", 10L, "t", "xx"), Map.of("a", 20L, "t", "yy"));
        }
    }

    @Test
    void goesOnAfterARestartOfTheContainer() {
        try (TestContainer container = start(PAIRS, "")) {
            container.feed().feed("a", 1L);
            loseSink(container);
        }
        try (TestContainer container = new TestContainer(directory, Optional.empty(), false)) {
            container.addFeed();
            container.advance(LONG);
            assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);

            returnSink(container);
            container.feed().feed("a", 2L);

            assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
            container.feed().feed("a", 3L);
        }
        // the state was for one start
        try (TestContainer container = new TestContainer(directory)) {
            container.feed().feed("a", 4L);
            assertThat(container.collect().rows()).isEmpty();
            container.feed().feed("a", 5L);
            assertThat(container.collect().rows()).containsExactly(Map.of("a", 4L), Map.of("a", 5L));
        }
    }

    private static Arguments change(String name, Consumer<TestContainer> change) {
        return Arguments.of(name, change);
    }

    static List<Arguments> changes() {
        return List.of(
                change("stop", container -> {
                    container.rules().stop("r1");
                    container.rules().start("r1");
                }),
                change("restart", container -> container.rules().restart("r1")),
                change("update", container -> container.rules().update("r1", rule(PAIRS, "\"qos\": 0"))),
                change("update to keep", container -> container.rules().update("r1", rule(PAIRS, "\"qos\": 1"))),
                change("delete", container -> {
                    container.rules().delete("r1");
                    container.rules().create(rule(PAIRS, "\"waitForPlugins\": true"));
                }),
                change("stream", container -> container.streams().replace("demo", DEMO.replace("()", "(a BIGINT)"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void beginsAnewWhenTheUserHasChangedSomething(String name, Consumer<TestContainer> change) {
        try (TestContainer container = start(PAIRS, "")) {
            container.feed().feed("a", 1L);
            loseSink(container);

            change.accept(container);
            returnSink(container);
            container.feed().feed("a", 2L);

            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
            assertThat(container.collect().rows()).isEmpty();
        }
    }

    static Stream<Arguments> starts() {
        return Stream.of(
                change("stop", container -> container.rules().stop("r1")),
                change("restart", container -> container.rules().restart("r1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("starts")
    void keepsNothingOfARuleThatDidNotWait(String name, Consumer<TestContainer> end) {
        try (TestContainer container = start(PAIRS, "")) {
            container.feed().feed("a", 1L);
            end.accept(container);
            container.rules().start("r1");
            container.feed().feed("a", 2L);

            assertThat(container.collect().rows()).isEmpty();
        }
    }
}
