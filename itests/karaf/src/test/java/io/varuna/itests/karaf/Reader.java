package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.plugin.mysql.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Does what a page of the manual says: types its commands into a shell, writes its files, and compares what comes of it. Maven
 * is offline, and has what this build has made.
 */
final class Reader {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[;\\d]*m");
    private static final Pattern FILE = Pattern.compile("`([^`]+)`:");
    private static final Pattern PLACE = Pattern.compile("In `([^`]+)`, before `([^`]+)`:");
    private final Path work;
    private final MariaDbServer database;
    private final String prelude;
    private Path directory;

    /** Begins in an empty directory. */
    Reader(Path work, int port, MariaDbServer database) throws IOException {
        this.work = work.toAbsolutePath();
        this.database = database;
        this.directory = Files.createDirectories(this.work.resolve("home"));
        Path settings = Files.writeString(this.work.resolve("settings.xml"), settings());
        this.prelude = prelude(settings, port);
    }

    /** Lets Maven take from the repository of this machine what that of the project does not have. */
    private static String settings() {
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>this-machine</id>
                      <repositories>
                        <repository><id>this-machine</id><url>%1$s</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>this-machine</id><url>%1$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>this-machine</activeProfile></activeProfiles>
                </settings>
                """
                .formatted(Path.of(System.getProperty("settings.localRepository", ""))
                        .toUri());
    }

    /** Returns what makes the commands of the page go to this build and to the servers of the test. */
    private String prelude(Path settings, int port) {
        return """
                set -euo pipefail
                mvn() {
                  '%s' --offline --settings '%s' -Daether.offline.protocols=file -Dmaven.repo.local='%s' "$@"
                }
                curl() {
                  local arguments=()
                  local argument
                  for argument in "$@"; do
                    argument=${argument//localhost:9081/localhost:%d}
                    arguments+=("${argument//localhost:3307/localhost:%d}")
                  done
                  command curl "${arguments[@]}"
                }
                trap 'pwd > %s' EXIT
                """
                .formatted(
                        System.getProperty("varuna.maven"),
                        settings,
                        // where the build of the archetype has put what plugins are built with
                        Path.of(System.getProperty("varuna.plugins", ""), "archetype", "target", "it-repository")
                                .normalize(),
                        port,
                        database.port(),
                        work.resolve("directory"));
    }

    void take(ManualStep step) {
        switch (step.language()) {
            case "sh" -> expect(step, () -> shell(step.content()));
            case "sql" -> expect(step, () -> sql(step.content()));
            case "java", "xml" -> file(step);
            case "console" -> assertThat(step.content()).isNotBlank();
            default -> throw new IllegalArgumentException("Nobody knows what to do with " + step);
        }
    }

    private static void expect(ManualStep step, Outcome outcome) {
        if (step.asks()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertExpected(step, outcome.get()));
        } else {
            assertExpected(step, outcome.get());
        }
    }

    private static void assertExpected(ManualStep step, String outcome) {
        assertThat(step.isExpected(outcome))
                .as(() -> "What came of " + step + "\n" + outcome + "\nExpected: " + step.expected())
                .isTrue();
    }

    private String shell(String commands) {
        try {
            Path output = work.resolve("output.txt");
            Process shell = new ProcessBuilder("bash", "-c", prelude + commands)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!shell.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
                throw new IllegalStateException("Not done within " + LIMIT + ": " + commands);
            }
            String said = COLOURS.matcher(Files.readString(output)).replaceAll("");
            assertThat(shell.exitValue()).as(() -> commands + "\n" + said).isZero();
            directory = Path.of(Files.readString(work.resolve("directory")).strip());
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String sql(String statements) {
        if (statements.startsWith("SELECT ")) {
            return String.join("\n", database.query(statements));
        }
        Stream.of(statements.split(";\\s*\n")).forEach(database::execute);
        return "";
    }

    /** Writes a file, or a part of it; what is only shown must be somewhere in the project. */
    private void file(ManualStep step) {
        Matcher file = FILE.matcher(step.lead());
        Matcher place = PLACE.matcher(step.lead());
        try {
            if (place.matches()) {
                Path path = directory.resolve(place.group(1));
                String text = Files.readString(path);
                int before = text.indexOf(place.group(2));
                assertThat(before).as("'%s' in %s", place.group(2), path).isNotNegative();
                int start = text.lastIndexOf('\n', before) + 1;
                Files.writeString(path, text.substring(0, start) + step.content() + text.substring(start));
            } else if (file.matches()) {
                Path path = directory.resolve(file.group(1));
                Files.createDirectories(path.getParent());
                Files.writeString(path, step.content());
            } else {
                assertThat(sources()).as(step.toString()).anyMatch(source -> source.contains(step.content()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("src"))) {
            return files.filter(Files::isRegularFile).map(Reader::content).toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Outcome {
        String get();
    }
}
