package io.varuna.benchmarks;

import io.varuna.benchmarks.report.Chapter;
import io.varuna.benchmarks.report.Machine;
import io.varuna.benchmarks.report.Measurement;
import io.varuna.benchmarks.report.Report;
import io.varuna.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures everything, or what is asked for, and writes the report. */
public final class Benchmarks {
    private static final String USAGE = "Usage: run.sh [--quick | --smoke] [--only prefix] [--out directory]";

    private final String effort;
    private final String only;
    private final Path out;
    private final Results results = new Results();

    private Benchmarks(String effort, String only, Path out) {
        this.effort = effort;
        this.only = only;
        this.out = out;
    }

    /** Runs the benchmarks. */
    public static void main(String[] arguments) throws Exception {
        String effort = "full";
        String only = "";
        Path out = Path.of("docs");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> effort = "quick";
                case "--smoke" -> effort = "smoke";
                case "--only" -> only = arguments[++i];
                case "--out" -> out = Path.of(arguments[++i]);
                default -> throw new IllegalArgumentException("Unknown '" + arguments[i] + "'. " + USAGE);
            }
        }
        new Benchmarks(effort, only, out).run();
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        List<Chapter> chapters = new ArrayList<>();
        for (Section section : Sections.all()) {
            chapters.add(section.chapter());
            for (Subject subject : section.subjects()) {
                measure(subject);
            }
        }
        new Report(machine, effort, chapters, results).write(out);
        System.err.println("Written: " + out.resolve("performance.md"));
    }

    private void measure(Subject subject) throws IOException, InterruptedException {
        if (!subject.id().startsWith(only)) {
            return;
        }
        Fork.run(subject, effort)
                .ifPresentOrElse(this::add, () -> System.err.printf("%-28s could not be measured%n", subject.id()));
    }

    private void add(Measurement measured) {
        results.add(measured);
        System.err.printf("%-28s %,10.1f ns %,8.0f B%n", measured.id(), measured.median(), measured.bytes());
    }
}
