package io.varuna.itests.karaf;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The distribution as a user has it: unpacked, started by its script, spoken to from outside. */
final class Container implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("varuna.distribution", ""));
    private static final Path PLUGINS =
            Path.of(System.getProperty("varuna.plugins", "")).normalize();
    private static final String VERSION = System.getProperty("varuna.version", "");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final int port = Ports.free();
    private final Rest rest = new Rest(port);
    private @Nullable Process process;
    private @Nullable Path javaHome;

    private final String mode;
    private final List<String> javaOptions;
    private List<String> typedAhead = List.of();

    private Container(Path home, String mode, List<String> javaOptions) {
        this.home = home;
        this.mode = mode;
        this.javaOptions = javaOptions;
    }

    /** Unpacks the distribution and starts it without a shell. */
    static Container start(String name) {
        return startWith(name);
    }

    /** Unpacks the distribution and starts it with a shell that takes commands. */
    static Container startWithShell(String name) {
        return start(name, "shell");
    }

    /** The same, with commands that are typed before anything has started. */
    static Container startWithShell(String name, List<String> typedAhead) {
        Container container = new Container(unpack(name), "shell", List.of());
        container.typedAhead = typedAhead;
        container.launch();
        return container;
    }

    /** Unpacks the distribution, puts files into its {@code etc/}, and starts it with a shell, and further options of Java. */
    static Container startWithShell(String name, Map<String, String> settings, String... javaOptions) {
        return start(name, "shell", settings, List.of(javaOptions));
    }

    /** Unpacks the distribution and starts it by its plain command, though there is no terminal. */
    static Container startPlainly(String name) {
        return start(name, "");
    }

    /** Unpacks the distribution, puts files into its {@code etc/}, and starts it without a shell. */
    static Container startWithSettings(String name, Map<String, String> settings) {
        return start(name, "server", settings, List.of());
    }

    /** Unpacks the distribution and starts its demonstration. */
    static Container startDemonstration(String name) {
        return start(name, "demo");
    }

    /** Unpacks the distribution and starts it without a shell, with further options of Java. */
    static Container startWith(String name, String... javaOptions) {
        return start(name, "server", Map.of(), List.of(javaOptions));
    }

    /** Unpacks the distribution and starts it without a shell, with another Java than the build's. */
    static Container startWithJava(String name, Path javaHome) {
        Container container = new Container(unpack(name), "server", List.of());
        container.javaHome = javaHome;
        container.launch();
        return container;
    }

    private static Container start(String name, String mode) {
        return start(name, mode, Map.of(), List.of());
    }

    private static Container start(String name, String mode, Map<String, String> settings, List<String> javaOptions) {
        Container container = new Container(unpack(name), mode, javaOptions);
        settings.forEach(container::configure);
        container.launch();
        return container;
    }

    private void configure(String file, String text) {
        try {
            Files.writeString(home.resolve("etc").resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks the distribution; returns where it is. */
    static Path unpack(String name) {
        Path directory = Path.of("target", "containers", name).toAbsolutePath();
        try {
            deleteRecursively(directory);
            Files.createDirectories(directory);
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", DISTRIBUTION.toString(), "-C", directory.toString(), "--strip-components=1")
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException(DISTRIBUTION + " cannot be unpacked");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return directory;
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = new ArrayList<>(walk.toList());
        }
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.delete(paths.get(i));
        }
    }

    /** Starts the process and waits until it answers. */
    void launch() {
        try {
            List<String> command =
                    new ArrayList<>(List.of(home.resolve("bin/varuna").toString()));
            if (!mode.isEmpty()) {
                command.add(mode);
            }
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("VARUNA_PORT", String.valueOf(port));
            builder.environment().put("JAVA_OPTS", String.join(" ", "-Xmx192m", String.join(" ", javaOptions)));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            if (javaHome != null) {
                builder.environment().put("JAVA_HOME", javaHome.toString());
            }
            builder.redirectErrorStream(true);
            builder.redirectOutput(
                    ProcessBuilder.Redirect.appendTo(home.resolve("console.log").toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        typedAhead.forEach(this::shell);
        await("container answers")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(rest::answers);
    }

    /** Stops the process as a user would, by a signal. */
    void stop() {
        end(false, Duration.ofSeconds(30));
    }

    /** Stops the process as a user would, and fails if that takes longer. */
    void stopWithin(Duration limit) {
        end(false, limit);
    }

    /** Ends the process at once, as a power cut would. */
    void kill() {
        end(true, Duration.ofSeconds(30));
    }

    private void end(boolean atOnce, Duration limit) {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (atOnce) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            } else {
                running.destroy();
            }
            if (!running.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException(
                        "The container did not stop within " + limit.toSeconds() + " s. See " + home);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Throws away what the framework keeps, so that it is made anew from what the engine keeps. */
    void deleteBundleCache() throws IOException {
        deleteRecursively(home.resolve("data/cache"));
    }

    Rest rest() {
        return rest;
    }

    Path home() {
        return home;
    }

    /** Returns the number of the process. */
    long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("The container does not run");
        }
        return running.pid();
    }

    /** Puts a file into the hot deploy directory, whole or not at all. */
    Path deploy(Path file) throws IOException {
        Path hidden = home.resolve("deploy").resolve("." + file.getFileName());
        Files.createDirectories(hidden.getParent());
        Files.copy(file, hidden, StandardCopyOption.REPLACE_EXISTING);
        Path target = home.resolve("deploy").resolve(file.getFileName());
        return Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Types a command into the shell of the running container. */
    void shell(String command) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("The container does not run");
        }
        try {
            running.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            running.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what has been printed so far, such as by commands of the shell. */
    String printed() {
        try {
            return Files.readString(home.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the log says so far. */
    String log() {
        try {
            Path log = home.resolve("data/log/varuna.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the jar of one of our plugins. */
    static Path pluginJar(String name) {
        return PLUGINS.resolve(name).resolve("target").resolve("varuna-plugin-" + name + "-" + VERSION + ".jar");
    }

    /** Returns the KAR of one of our plugins. */
    static Path kar(String name) {
        return PLUGINS.resolve(name).resolve("target").resolve("varuna-plugin-" + name + "-" + VERSION + ".kar");
    }

    /** Returns the KAR that has all of our plugins. */
    static Path allPlugins() {
        return DISTRIBUTION
                .resolveSibling("varuna-plugins-" + VERSION + ".kar")
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public void close() {
        stop();
    }
}
