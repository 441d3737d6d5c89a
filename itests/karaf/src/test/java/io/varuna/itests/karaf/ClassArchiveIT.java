package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code varuna archive} keeps classes for later starts, and nothing where that cannot be done. */
class ClassArchiveIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> CLASSES = List.of(
            "io.varuna.launcher.Launcher",
            "org.apache.felix.framework.Felix",
            "io.varuna.runtime.RuntimeComponent",
            "io.varuna.plugin.mqtt.MqttSource");

    private static void assertNoRemains(Path home) {
        assertThat(home.resolve("lib")).isDirectoryNotContaining(file -> file.endsWith("classes.jsa.unfinished"));
        assertThat(home.resolve("data/tmp"))
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("archive"));
    }

    @Test
    void javaThatMayNotShareClassesIsRefused() throws Exception {
        Path home = Container.unpack("no-class-archive").toRealPath();
        ScriptRun run = ScriptRun.of(home, Map.of("JAVA_OPTS", "-Xshare:off"), "archive");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text())
                .contains(
                        "There is no new archive: Varuna ended before its first result.",
                        "base CDS archive is not loaded");
        assertThat(home.resolve("lib/classes.jsa")).doesNotExist();
        assertNoRemains(home);
    }

    @Test
    void startsTakeClassesOfBundlesFromTheArchiveAsLongAsItFits() throws Exception {
        Path home = Container.unpack("class-archive").toRealPath();
        Path archive = home.resolve("lib/classes.jsa");
        ScriptRun written = ScriptRun.of(home, Map.of(), "archive");
        assertThat(written.exitCode()).as(written.text()).isZero();
        assertThat(written.text()).contains("Starts use '" + archive + "' (");
        assertNoRemains(home);
        assertThat(ScriptRun.of(home, Map.of(), "version").text()).isEqualToIgnoringNewLines("Varuna 1.0.0");

        assertClassesComeFromArchive(home);

        Files.copy(home.resolve("lib/boot/osgi.core-8.0.0.jar"), home.resolve("lib/boot/aaa.jar"));
        ScriptRun other = ScriptRun.of(home, Map.of(), "version");
        assertThat(other.exitCode()).isZero();
        assertThat(other.text()).contains("Unable to use shared archive").contains(archive + "\nVaruna 1.0.0");
    }

    private static void assertClassesComeFromArchive(Path home) throws Exception {
        Path loaded = home.resolve("data/loaded.log");
        Process server = ScriptRun.start(
                home,
                Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + loaded, "VARUNA_PORT", String.valueOf(Ports.free())),
                "server");
        try {
            for (String name : CLASSES) {
                await(name)
                        .atMost(LIMIT)
                        .until(() -> Files.exists(loaded)
                                && Files.readString(loaded)
                                        .contains(" " + name + " source: shared objects file (top)"));
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }
}
