package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plugins run on which engines, and the same plugin on other Java versions. */
class VersionsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Names another JDK, newer than the one of the build, where it is not beside that one. */
    private static final String OTHER_JAVA = "VARUNA_OTHER_JAVA_HOME";

    private static final String SINK =
            """
            package com.acme.old;

            import io.varuna.api.plugin.PluginType;
            import io.varuna.api.sink.Batch;
            import io.varuna.api.sink.Sink;
            import io.varuna.api.sink.SinkContext;
            import io.varuna.api.sink.SinkFactory;

            @PluginType("old")
            public final class OldSink implements SinkFactory<OldSink.Config> {
                public @interface Config {}

                @Override
                public Sink open(Config config, SinkContext context) {
                    return new Sink() {
                        private int rows;

                        @Override
                        public void write(Batch batch) {
                            rows += batch.size();
                        }

                        @Override
                        public void close() {
                            rows = 0;
                        }
                    };
                }
            }
            """;

    private final Path directory;

    VersionsIT(@TempDir Path directory) {
        this.directory = directory;
    }

    /** An interface of long ago: without what has come since, which has defaults or is called by plugins only. */
    private Path olderInterface() throws IOException {
        return PluginJar.of("older-interface", "0.9.0")
                .source(
                        "io.varuna.api.plugin.PluginType",
                        "package io.varuna.api.plugin; import java.lang.annotation.*;"
                                + " @Retention(RetentionPolicy.RUNTIME) public @interface PluginType { String value(); }")
                .source(
                        "io.varuna.api.plugin.PluginFactory",
                        "package io.varuna.api.plugin; public interface PluginFactory<C> {}")
                .source(
                        "io.varuna.api.sink.SinkContext",
                        "package io.varuna.api.sink; public interface SinkContext { String ruleId(); }")
                .source(
                        "io.varuna.api.sink.Batch",
                        "package io.varuna.api.sink; public interface Batch { int size(); }")
                .source(
                        "io.varuna.api.sink.Sink",
                        "package io.varuna.api.sink; public interface Sink extends AutoCloseable {"
                                + " void write(Batch batch) throws Exception;"
                                + " @Override default void close() throws Exception {} }")
                .source(
                        "io.varuna.api.sink.SinkFactory",
                        "package io.varuna.api.sink; public interface SinkFactory<C>"
                                + " extends io.varuna.api.plugin.PluginFactory<C> {"
                                + " Sink open(C config, SinkContext context) throws Exception; }")
                .buildLibrary(directory);
    }

    private Path plugin(String version, String range) throws IOException {
        return PluginJar.of("old", version)
                .source("com.acme.old.OldSink", SINK)
                .component("com.acme.old.OldSink", "sink.SinkFactory")
                .against(olderInterface(), range)
                .build(directory);
    }

    private static Rest.Answer install(Container container, Path jar) {
        return container
                .rest()
                .post(
                        "/plugins/sinks",
                        Rest.json(Map.of("name", "old", "file", jar.toUri().toString())));
    }

    private static void assertWorks(Container container) {
        container
                .rest()
                .createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                        + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"50ms\\\","
                        + " \\\"loop\\\": true}\")");
        container
                .rest()
                .createRule("{\"id\": \"old\", \"sql\": \"SELECT * FROM ticks\", \"actions\": [{\"old\": {}}]}");
        await().atMost(LIMIT).until(() -> container.rest().figure("old", "sink_old_0_0_records_out_total") > 3);
        assertThat(container.rest().figure("old", "sink_old_0_0_exceptions_total"))
                .isZero();
    }

    @Test
    void pluginOfAnOlderInterfaceRunsWhereItMayAndIsRefusedInWordsWhereNot() throws Exception {
        try (Container container = Container.start("versions")) {
            Rest.Answer newer = install(container, plugin("3.0.0", "[1.7,2)"));
            assertThat(newer.status()).isEqualTo(400);
            assertThat(newer.body())
                    .contains("Plugin 'com.acme.old' 3.0.0 needs engine API 1.7 or later")
                    .contains("this is 1.0. Take a version of the plugin that was made for this engine");
            Rest.Answer former = install(container, plugin("0.1.0", "[0.9,1)"));
            assertThat(former.status()).isEqualTo(400);
            assertThat(former.body()).contains("0.1.0 needs engine API ").contains("this is 1.0");

            Rest.Answer fitting = install(container, plugin("1.0.0", "[1.0,2)"));
            assertThat(fitting.status()).as(fitting.body()).isEqualTo(201);
            assertWorks(container);
        }
    }

    @Test
    void theSameJarRunsOnANewerJava() throws Exception {
        Optional<Path> newer = newerJava();
        assumeTrue(newer.isPresent(), "there is no newer JDK; name one by the variable " + OTHER_JAVA);
        try (Container container = Container.startWithJava("versions-newer-java", newer.orElseThrow())) {
            Rest.Answer answer = install(container, plugin("1.0.0", "[1.0,2)"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertWorks(container);
        }
    }

    /** Returns the JDK that is named, or a newer one beside that of the build. */
    private static Optional<Path> newerJava() throws IOException {
        String named = System.getenv(OTHER_JAVA);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(Objects.requireNonNull(here.getParent()))) {
            return beside.filter(VersionsIT::isNewer).findFirst();
        }
    }

    private static boolean isNewer(Path home) {
        Path release = home.resolve("release");
        if (!Files.exists(release) || !Files.exists(home.resolve("bin/java"))) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(release);
            return lines.stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", ""))
                    .anyMatch(version -> Runtime.Version.parse(version).feature()
                            > Runtime.version().feature());
        } catch (IOException e) {
            return false;
        }
    }
}
