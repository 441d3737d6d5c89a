package io.varuna.benchmarks.file;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.pipeline.MapPipeline;
import io.varuna.benchmarks.pipeline.Output;
import io.varuna.benchmarks.pipeline.Question;
import io.varuna.benchmarks.pipeline.SpeedOfLight;
import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.pipeline.VarunaEngine;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import io.varuna.plugin.file.FileSink;
import io.varuna.plugin.file.FileSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Answers the question of the messages in a file, a line each, into another file. Each run reads the file once. */
public final class FileTrial implements Trial {
    private static final int BUFFER = 1 << 16;
    /** The file has the messages so many times, so that the start of the rule does not count. */
    static final int TIMES = 10;

    private final Messages messages;
    private final Path directory;
    private final Path input;
    private final Path results;
    private final Way way;

    private FileTrial(Messages messages, Function<FileTrial, Way> ways) throws IOException {
        this.messages = messages;
        this.directory = Files.createTempDirectory("varuna-files");
        this.input = directory.resolve("messages.jsonl");
        this.results = directory.resolve("results.jsonl");
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(input), BUFFER)) {
            for (int i = 0; i < TIMES; i++) {
                messages.writeLines(lines);
            }
        }
        this.way = ways.apply(this);
    }

    /** Reads one file and writes the other. */
    private interface Way extends AutoCloseable {
        void answer() throws Exception;

        @Override
        default void close() {}
    }

    /** Takes the message at a place of an array. */
    private interface Taker {
        void accept(byte[] bytes, int start, int end) throws IOException;
    }

    /** By a rule from a source of files to a sink of files. */
    public static FileTrial varuna(Messages messages) throws IOException {
        return new FileTrial(messages, ByRule::new);
    }

    /** By a loop that can do nothing else. */
    public static FileTrial byHand(Messages messages) throws IOException {
        return new FileTrial(
                messages,
                files -> () -> files.answerByLoop(output -> {
                    SpeedOfLight light = new SpeedOfLight(messages, output);
                    return (bytes, start, end) -> light.accept(bytes, start);
                }));
    }

    /** By Jackson, maps and functions. */
    public static FileTrial maps(Messages messages) throws IOException {
        return new FileTrial(
                messages,
                files -> () -> files.answerByLoop(output -> {
                    MapPipeline maps = new MapPipeline(messages, output);
                    return (bytes, start, end) -> maps.accept(bytes, start, end - start);
                }));
    }

    private void answerByLoop(Function<Output, Taker> ways) throws IOException {
        try (InputStream in = Files.newInputStream(input);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(results), BUFFER)) {
            Taker taker = ways.apply((bytes, offset, length) -> writeLine(bytes, offset, length, out));
            byte[] buffer = new byte[BUFFER + Messages.PADDING];
            int there = 0;
            for (int read = in.read(buffer, 0, BUFFER); read > 0; read = in.read(buffer, there, BUFFER - there)) {
                int end = there + read;
                int start = 0;
                for (int at = newline(buffer, start, end); at < end; at = newline(buffer, start, end)) {
                    taker.accept(buffer, start, at);
                    start = at + 1;
                }
                there = end - start;
                System.arraycopy(buffer, start, buffer, 0, there);
            }
        }
    }

    private static int newline(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static void writeLine(byte[] bytes, int offset, int length, OutputStream out) {
        try {
            out.write(bytes, offset, length);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long run() throws Exception {
        Files.deleteIfExists(results);
        way.answer();
        return (long) TIMES * messages.count();
    }

    /** Returns the file with the results of the last run. */
    Path results() {
        return results;
    }

    @Override
    public void close() throws IOException {
        way.close();
        Files.deleteIfExists(results);
        Files.deleteIfExists(input);
        Files.deleteIfExists(directory);
    }

    /** A rule that is compiled once, and started for each run. */
    private static final class ByRule implements Way {
        private final VarunaEngine engine =
                new VarunaEngine(new RealTime(), Output.discarding(), new FileSource(), new FileSink());
        private final RuleSpec rule;

        ByRule(FileTrial files) {
            engine.create("CREATE STREAM demo () WITH (TYPE=\"file\", DATASOURCE=\"" + files.input.getFileName()
                    + "\", FORMAT=\"json\", EXTRA=\"{\\\"path\\\": \\\"" + files.directory
                    + "\\\", \\\"fileType\\\": \\\"lines\\\"}\")");
            rule = engine.rule(
                    "files",
                    Question.SQL,
                    new ActionSpec("file", 0, Map.of("path", files.results.toString(), "sendSingle", true)),
                    Map.of());
        }

        @Override
        public void answer() {
            engine.runToEnd(rule);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
