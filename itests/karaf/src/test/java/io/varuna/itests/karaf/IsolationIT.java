package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin has its own libraries, and whatever it does hurts its own rules only. */
class IsolationIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Container container;

    private final Path directory;

    IsolationIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void start() {
        container = Container.startWith("isolation", "-Dvaruna.plugins.start=3s", "-Dvaruna.plugins.health=300ms");
        container
                .rest()
                .createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\", SHARED=\"true\","
                        + " EXTRA=\"{\\\"data\\\": [{\\\"name\\\": \\\"ann\\\"}], \\\"interval\\\": \\\"50ms\\\","
                        + " \\\"loop\\\": true}\")");
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    private static void install(String kind, String name, Path jar) {
        Rest.Answer answer = container
                .rest()
                .post(
                        "/plugins/" + kind,
                        Rest.json(Map.of("name", name, "file", jar.toUri().toString())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void createRule(String id, String sql, String action, String options) {
        container
                .rest()
                .createRule("{\"id\": \"" + id + "\", \"sql\": \"" + sql + "\", \"actions\": [{\"" + action
                        + "\": {}}], \"options\": " + options + "}");
    }

    private static long results(String rule) {
        return container.rest().figure(rule, "sink_nop_0_0_records_in_total");
    }

    /** Fails unless a rule that has nothing to do with it gets records. */
    private static void assertOthersGoOn(String id) {
        createRule(id, "SELECT * FROM ticks", "nop", "{}");
        await().atMost(LIMIT).until(() -> results(id) > 0);
        long before = results(id);
        await().atMost(LIMIT).until(() -> results(id) > before + 5);
        container.rest().delete("/rules/" + id);
    }

    /** A library, with a method in the first version that the second has not, and the other way round. */
    private Path library(String version, String method) throws Exception {
        return PluginJar.of("greetings", version)
                .source(
                        "com.acme.greetings.Greeting",
                        """
                        package com.acme.greetings;

                        public final class Greeting {
                            %s
                        }
                        """
                                .formatted(method))
                .buildLibrary(directory);
    }

    private Path greeter(String name, Path library, String call) throws Exception {
        String type = "com.acme." + name + ".Functions";
        return PluginJar.of(name, "1.0.0")
                .library(library)
                .source(
                        type,
                        """
                        package com.acme.%1$s;

                        import com.acme.greetings.Greeting;
                        import io.varuna.api.function.FunctionLibrary;
                        import io.varuna.api.function.SqlFunction;

                        public final class Functions implements FunctionLibrary {
                            @SqlFunction(name = "greet_%1$s", doc = "Greets.")
                            public static String greet(String name) {
                                return %2$s;
                            }
                        }
                        """
                                .formatted(name, call))
                .component(type, "function.FunctionLibrary")
                .build(directory);
    }

    @Test
    void twoPluginsBringTwoVersionsOfALibrary() throws Exception {
        Path first = library("1.0.0", "public static String hello(String name) { return \"hello \" + name; }");
        Path second = library("2.0.0", "public static String greet(String name, int n) { return name + n; }");
        install("functions", "one", greeter("one", first, "Greeting.hello(name)"));
        install("functions", "two", greeter("two", second, "Greeting.greet(name, 2)"));
        createRule(
                "greetings",
                "SELECT * FROM ticks WHERE greet_one(name) = 'hello ann' AND greet_two(name) = 'ann2'",
                "nop",
                "{}");

        await().atMost(LIMIT).until(() -> results("greetings") > 5);
        assertThat(container.rest().state("greetings")).startsWith("running");
        container.rest().delete("/rules/greetings");
    }

    private Path sink(String name, String body) throws Exception {
        String type = "com.acme." + name + ".BadSink";
        return PluginJar.of(name, "1.0.0")
                .source(
                        type,
                        """
                        package com.acme.%1$s;

                        import io.varuna.api.plugin.PluginType;
                        import io.varuna.api.sink.Sink;
                        import io.varuna.api.sink.SinkContext;
                        import io.varuna.api.sink.SinkFactory;

                        @PluginType("%1$s")
                        public final class BadSink implements SinkFactory<BadSink.Config> {
                            public @interface Config {}

                            @Override
                            public Sink open(Config config, SinkContext context) throws Exception {
                                %2$s
                            }
                        }
                        """
                                .formatted(name, body))
                .component(type, "sink.SinkFactory")
                .build(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IllegalState", "StackOverflow", "NoClassDefFound", "OutOfMemory"})
    void whateverASinkThrowsIsItsRulesAffair(String kind) throws Exception {
        String name = kind.toLowerCase(Locale.ROOT);
        String thrown = kind.equals("IllegalState") ? "IllegalStateException" : kind + "Error";
        install("sinks", name, sink(name, "return batch -> { throw new " + thrown + "(\"made by a throw\"); };"));
        createRule(name, "SELECT * FROM ticks", name, "{}");

        await().atMost(LIMIT).until(() -> container.rest().figure(name, "sink_" + name + "_0_0_exceptions_total") > 1);
        assertThat(String.valueOf(container.rest().status(name).get("sink_" + name + "_0_0_last_exception")))
                .contains("made by a throw");
        assertOthersGoOn("others-" + name);
        container.rest().delete("/rules/" + name);
    }

    @Test
    void functionThatHangsIsSuspendedAndOthersReadOn() throws Exception {
        String type = "com.acme.hanging.Functions";
        install(
                "functions",
                "hanging",
                PluginJar.of("hanging", "1.0.0")
                        .source(
                                type,
                                """
                                package com.acme.hanging;

                                import io.varuna.api.function.FunctionLibrary;
                                import io.varuna.api.function.SqlFunction;

                                public final class Functions implements FunctionLibrary {
                                    private static volatile boolean ever = true;

                                    @SqlFunction(doc = "Does not come back.")
                                    public static String hang(String text) {
                                        while (ever) {
                                            Thread.yield();
                                        }
                                        return text;
                                    }
                                }
                                """)
                        .component(type, "function.FunctionLibrary")
                        .build(directory));
        createRule("hanging", "SELECT hang(name) AS h FROM ticks", "nop", "{\"pluginTimeout\": \"1s\"}");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("hanging"))
                .startsWith("stopped by error: The rule is suspended: a function or lookup table has not come back")
                .contains("; it is in com.acme.hanging.Functions.hang, line "));
        assertOthersGoOn("others-hanging");
        container.rest().delete("/rules/hanging");
    }

    /** A function that keeps whoever calls it, or else gives back what it gets. */
    private Path echo(String version, String body) throws Exception {
        String type = "com.acme.echo.Functions";
        return PluginJar.of("echo", version)
                .source(
                        type,
                        """
                        package com.acme.echo;

                        import io.varuna.api.function.FunctionLibrary;
                        import io.varuna.api.function.SqlFunction;

                        public final class Functions implements FunctionLibrary {
                            private static volatile boolean ever = true;

                            @SqlFunction(doc = "Gives back what it gets.")
                            public static String echo(String text) {
                                %s
                                return text;
                            }
                        }
                        """
                                .formatted(body))
                .component(type, "function.FunctionLibrary")
                .build(directory);
    }

    @Test
    void upgradeToAFunctionThatHangsLeavesTheRuleWithTheFormerOne() throws Exception {
        install("functions", "echo", echo("1.0.0", ""));
        createRule("echoes", "SELECT echo(name) AS e FROM ticks", "nop", "{\"pluginTimeout\": \"1s\"}");
        await().atMost(LIMIT).until(() -> results("echoes") > 0);

        Rest.Answer answer = container
                .rest()
                .put(
                        "/plugins/functions/echo",
                        Rest.json(Map.of(
                                "name",
                                "echo",
                                "file",
                                echo("1.1.0", "while (ever) { Thread.yield(); }")
                                        .toUri()
                                        .toString())));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("rule 'echoes': functions: it did not come back from a batch within 1 s; it is in"
                        + " com.acme.echo.Functions.echo, line ");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("echoes"))
                .startsWith("running"));
        await().atMost(LIMIT).until(() -> results("echoes") > 5);
        assertThat(container.rest().get("/plugins/functions/echo").body()).contains("\"version\":\"1.0.0\"");
        assertOthersGoOn("others-echo");
        container.rest().delete("/rules/echoes");
    }

    @Test
    void whatDoesNotComeBackFromItsStartKeepsNobody() throws Exception {
        Rest.Answer answer = container
                .rest()
                .post(
                        "/plugins/sinks",
                        Rest.json(Map.of(
                                "name",
                                "slow",
                                "file",
                                SlowSink.jar("slow", directory).toUri().toString())));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Plugin 'com.acme.slow' 1.0.0 cannot be started: it has not come back within 3 s; it was in"
                        + " com.acme.slow.SlowSink.<init>, line ");
        assertThat(container.rest().get("/plugins/sinks").body())
                .contains("\"nop\"")
                .doesNotContain("slow");
        assertThat(container.rest().get("/plugins/sinks/slow").json())
                .extractingByKey("refused")
                .asString()
                .startsWith("Plugin 'com.acme.slow' 1.0.0 cannot be started");
        install("sinks", "quick", sink("quick", "return batch -> {};"));
        createRule("quick", "SELECT * FROM ticks", "quick", "{}");
        await().atMost(LIMIT).until(() -> container.rest().figure("quick", "sink_quick_0_0_records_out_total") > 0);
        container.rest().delete("/rules/quick");
    }

    @Test
    void threadsThatAreLeftBehindAreReported() throws Exception {
        install(
                "sinks",
                "leaking",
                sink(
                        "leaking",
                        """
                        Thread thread = new Thread(
                                () -> {
                                    synchronized (BadSink.class) {
                                        try {
                                            BadSink.class.wait();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    }
                                },
                                "forgotten");
                        thread.setDaemon(true);
                        thread.start();
                        return batch -> {};
                        """));
        createRule("leaking", "SELECT * FROM ticks", "leaking", "{}");
        await().atMost(LIMIT).until(() -> container.rest().figure("leaking", "sink_leaking_0_0_records_out_total") > 0);
        container.rest().delete("/rules/leaking");
        container.rest().delete("/plugins/sinks/leaking");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.log())
                .contains("Plugin 'com.acme.leaking' 1.0.0 has left threads behind that keep its classes in"
                        + " memory: forgotten."));
        assertOthersGoOn("others-leaking");
    }
}
