package io.varuna.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What Java makes of the classes that a start needs, those of bundles too, in a file that later starts map instead of
 * reading and checking the classes again. It is good for the very same Java, jars and place; Java leaves it out otherwise.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class data sharing</a>
 */
final class ClassArchive {
    /** Where the scripts in bin/ look for it. */
    static final String FILE = "lib/classes.jsa";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LINES_TO_SHOW = 15;

    /** What rule 'means' of {@code lib/archive.json} logs. */
    private static final String RESULT = " means - [";

    private final Installation installation;
    private final Path file;
    private final Path unfinished;

    ClassArchive(Installation installation) {
        this.installation = installation;
        this.file = installation.home().resolve(FILE);
        this.unfinished = file.resolveSibling("classes.jsa.unfinished");
    }

    Path file() {
        return file;
    }

    /** Starts Varuna twice in a place of its own, the second time from what is stored, and keeps what that has loaded. */
    void write() throws Refusal, IOException, InterruptedException {
        if (!Files.isWritable(file.getParent())) {
            throw new Refusal(
                    "Directory '" + file.getParent() + "' cannot be written to. Use the user who has unpacked Varuna.");
        }
        Path temporary = Files.createDirectories(installation.data().resolve("tmp"));
        Path directory = Files.createTempDirectory(temporary, "archive");
        try {
            run(directory, List.of());
            run(directory, List.of("-XX:ArchiveClassesAtExit=" + unfinished));
            check(directory);
            // Java does not survive half an archive, so there is none until it is whole
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
            delete(directory);
        }
    }

    /** Starts Varuna, and stops it after the first result. */
    private void run(Path directory, List<String> options) throws Refusal, IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.add("-Dvaruna.init=" + installation.home().resolve("lib/archive.json"));
        Path output = directory.resolve("output");
        Process process = start(directory, all, "server", output);
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.readString(output).contains(RESULT)) {
                if (!process.isAlive()) {
                    throw refusal("Varuna ended before its first result", output);
                }
                if (System.nanoTime() > end) {
                    throw refusal("Varuna gave no result within " + PATIENCE.toSeconds() + " s", output);
                }
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            new Container(new Installation(installation.home(), directory.resolve("data"), directory.resolve("store")))
                    .stop(PATIENCE);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void check(Path directory) throws Refusal, IOException, InterruptedException {
        Path output = directory.resolve("check");
        if (!Files.exists(unfinished)) {
            throw refusal("Java has written none", directory.resolve("output"));
        }
        Process process =
                start(directory, List.of("-Xshare:on", "-XX:SharedArchiveFile=" + unfinished), "version", output);
        if (process.waitFor() != 0) {
            throw refusal("Java cannot use the archive that it has written", output);
        }
    }

    private Process start(Path directory, List<String> options, String command, Path output) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-XX:SharedArchiveFile="))
                .forEach(line::add);
        line.addAll(options);
        line.addAll(List.of("-classpath", System.getProperty("java.class.path"), Launcher.class.getName(), command));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "VARUNA_DATA",
                        directory.resolve("data").toString(),
                        "VARUNA_STORE",
                        directory.resolve("store").toString(),
                        "VARUNA_HOST",
                        "127.0.0.1",
                        "VARUNA_PORT",
                        "0"));
        return builder.start();
    }

    private static Refusal refusal(String what, Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        String last = String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_TO_SHOW), lines.size()));
        return new Refusal(
                "There is no new archive: " + what + ". What was printed last:" + System.lineSeparator() + last);
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
