package io.varuna.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.report.Measurement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a trial in this process by its processor time, which other work on the machine changes little. The time is that of
 * all threads, so the compiler and the garbage collector are counted too.
 */
final class Meter {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_MORE_ROUNDS = 75;
    /** So many rounds in succession tell that it is not a pause. */
    private static final int ENOUGH_CALM_ROUNDS = 2;
    /** A difference needs so many times as many rounds as a time. */
    private static final int TURNS = 3;
    /** A twentieth of a round is little. */
    private static final int LITTLE = 20;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Effort effort;

    Meter(Effort effort) {
        this.effort = effort;
    }

    Measurement measure(String id, Trial trial) throws Exception {
        warmUp(trial);
        List<Double> nanos = new ArrayList<>();
        long messages = 0;
        long allocated = allocated();
        for (int i = 0; i < effort.rounds(); i++) {
            Round round = run(trial, effort.round().toNanos());
            nanos.add(round.nanosPerMessage());
            messages += round.messages;
        }
        double bytes = (double) (allocated() - allocated) / messages;
        return new Measurement(id, nanos, bytes, residentMegabytes(), trial.figures());
    }

    /**
     * Measures a trial in turns with another one. The figure {@code nanosMore} is what a message of the first costs more, the
     * median of the differences in each turn: what makes the machine slower for a while changes it little.
     */
    Measurement compare(String id, Trial trial, Trial other) throws Exception {
        warmUp(trial);
        warmUp(other);
        warmUp(trial);
        List<Double> nanos = new ArrayList<>();
        List<Double> more = new ArrayList<>();
        long messages = 0;
        long allocated = 0;
        for (int i = 0; i < TURNS * effort.rounds(); i++) {
            long before = allocated();
            Round round = run(trial, effort.round().toNanos());
            allocated += allocated() - before;
            messages += round.messages;
            nanos.add(round.nanosPerMessage());
            more.add(round.nanosPerMessage()
                    - run(other, effort.round().toNanos()).nanosPerMessage());
        }
        Map<String, Double> figures = new HashMap<>(trial.figures());
        figures.put("nanosMore", Measurement.median(more));
        return new Measurement(id, nanos, (double) allocated / messages, residentMegabytes(), figures);
    }

    private void warmUp(Trial trial) throws Exception {
        if (!effort.warmUp().isZero()) {
            run(trial, effort.warmUp().toNanos());
            settle(trial);
        }
    }

    /** Goes on until the compiler of the JVM has little left to do: its time would be that of the messages otherwise. */
    private void settle(Trial trial) throws Exception {
        int calm = 0;
        for (int i = 0; i < MOST_MORE_ROUNDS && calm < ENOUGH_CALM_ROUNDS; i++) {
            CompilerTime before = CompilerTime.now();
            Round round = run(trial, effort.round().toNanos());
            calm = CompilerTime.now().since(before) < round.nanos / LITTLE ? calm + 1 : 0;
        }
    }

    /** Runs a trial at least once, and until so much processor time is used. */
    private static Round run(Trial trial, long nanos) throws Exception {
        long start = PROCESS.getProcessCpuTime() + trial.nanosElsewhere();
        long messages = 0;
        long used;
        do {
            messages += trial.run();
            used = PROCESS.getProcessCpuTime() + trial.nanosElsewhere() - start;
        } while (used < nanos);
        return new Round(messages, used);
    }

    private record Round(long messages, long nanos) {
        double nanosPerMessage() {
            return (double) nanos / messages;
        }
    }

    /** Returns what the threads that are alive have allocated. */
    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** Returns how much memory of the machine the process had at most; NaN where the system does not tell. */
    private static double residentMegabytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return Double.NaN;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
