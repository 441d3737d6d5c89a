package io.varuna.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.report.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process that measures one subject, so that none profits or suffers from what ran before it. */
public final class Fork {
    private static final String MARK = "MEASURED ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fork() {}

    /** Measures the subject and prints the measurement. The arguments are its id and the effort. */
    public static void main(String[] arguments) throws Exception {
        Subject subject = Sections.subject(arguments[0]);
        Effort effort = subject.once() ? Effort.SMOKE : Effort.of(arguments[1]);
        Measurement measurement = measure(subject, new Meter(effort));
        System.out.println(MARK + JSON.writeValueAsString(measurement));
        // threads of libraries must not keep the process
        System.exit(0);
    }

    private static Measurement measure(Subject subject, Meter meter) throws Exception {
        try (Trial trial = subject.trial().call()) {
            if (subject.other().isEmpty()) {
                return meter.measure(subject.id(), trial);
            }
            try (Trial other = subject.other().get().call()) {
                return meter.compare(subject.id(), trial, other);
            }
        }
    }

    /** Runs a subject in a process of its own; empty, and said on standard error, if that fails. */
    static Optional<Measurement> run(Subject subject, String effort) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms" + subject.heapMegabytes() + "m");
        command.add("-Xmx" + subject.heapMegabytes() + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Fork.class.getName());
        command.add(subject.id());
        command.add(effort);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Optional<Measurement> measured = Optional.empty();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MARK)) {
                    measured = Optional.of(JSON.readValue(line.substring(MARK.length()), Measurement.class));
                }
            }
        } finally {
            process.destroy();
        }
        process.waitFor();
        return measured;
    }
}
