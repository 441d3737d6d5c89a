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
import java.util.List;

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
    /** A twentieth of a round is little. */
    private static final int LITTLE = 20;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Effort effort;

    Meter(Effort effort) {
        this.effort = effort;
    }

    Measurement measure(String id, Trial trial) throws Exception {
        if (!effort.warmUp().isZero()) {
            run(trial, effort.warmUp().toNanos());
            settle(trial);
        }
        List<Double> nanos = new ArrayList<>();
        long messages = 0;
        long allocated = allocated();
        for (int i = 0; i < effort.rounds(); i++) {
            Round round = run(trial, effort.round().toNanos());
            nanos.add((double) round.nanos / round.messages);
            messages += round.messages;
        }
        double bytes = (double) (allocated() - allocated) / messages;
        return new Measurement(id, nanos, bytes, residentMegabytes(), trial.figures());
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

    private record Round(long messages, long nanos) {}

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
