package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Another engine that answers the question: a command of the shell that gets the messages as lines on its standard input and
 * prints each result as a line. What counts is the processor time of all its processes, their start included.
 */
public final class External implements Trial {
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final double NANOS_PER_SECOND = 1e9;

    private final String command;
    private final Messages messages;
    private final Path directory;
    private long nanos;

    /** Prepares a command. */
    public External(String command, Messages messages) throws IOException {
        this.command = command;
        this.messages = messages;
        this.directory = Files.createTempDirectory("varuna-external");
        try (OutputStream file = Files.newOutputStream(directory.resolve("in"))) {
            messages.writeLines(file);
        }
    }

    /** Returns the command that the variable {@code VARUNA_EXTERNAL} of the surroundings gives. */
    public static Optional<String> command() {
        return Optional.ofNullable(System.getenv("VARUNA_EXTERNAL")).filter(text -> !text.isBlank());
    }

    @Override
    public long run() throws Exception {
        Path times = directory.resolve("times");
        int status = new ProcessBuilder(
                        "sh", "-c", "(" + command + "\n)\nstatus=$?; times > \"$0\"; exit $status", times.toString())
                .redirectInput(directory.resolve("in").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("'" + command + "' ended with status " + status);
        }
        long results = results();
        long expected = expected();
        if (results != expected) {
            throw new IllegalStateException(
                    "'" + command + "' printed " + results + " results, but there are " + expected);
        }
        nanos += nanos(Files.readAllLines(times));
        return messages.count();
    }

    private long results() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("out"))) {
            return lines.filter(line -> !line.isBlank()).count();
        }
    }

    private long expected() {
        long[] count = new long[1];
        new SpeedOfLight(messages, (bytes, offset, length) -> count[0]++).run();
        return count[0];
    }

    /** Adds up what the shell's children used; its own time is on the first line. */
    static long nanos(List<String> times) {
        return TIME.matcher(times.get(1).toLowerCase(Locale.ROOT))
                .results()
                .mapToLong(External::nanos)
                .sum();
    }

    private static long nanos(MatchResult time) {
        return Math.round(
                (Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2))) * NANOS_PER_SECOND);
    }

    @Override
    public long nanosElsewhere() {
        return nanos;
    }

    @Override
    public void close() throws IOException {
        for (String file : List.of("in", "out", "times")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
    }
}
