package io.varuna.benchmarks;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the compilers of this process's JVM have used so far. The JVM itself tells the time of a method only when that is
 * compiled, which may take longer than a round; where the system tells the processor time of threads, that is taken.
 */
final class CompilerTime {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    /** Nanoseconds by thread; threads of compilers come and go. */
    private final Map<String, Long> nanos;

    private CompilerTime(Map<String, Long> nanos) {
        this.nanos = Map.copyOf(nanos);
    }

    static CompilerTime now() throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (Path task : tasks) {
                    note(task, nanos);
                }
            }
        }
        if (nanos.isEmpty()) {
            nanos.put("all", TimeUnit.MILLISECONDS.toNanos(COMPILER.getTotalCompilationTime()));
        }
        return new CompilerTime(nanos);
    }

    private static void note(Path task, Map<String, Long> nanos) {
        try {
            // the system cuts names: C1 CompilerThre, C2 CompilerThre
            if (Files.readString(task.resolve("comm")).contains(" Compiler")) {
                String[] figures = Files.readString(task.resolve("schedstat")).split(" ", 2);
                nanos.put(task.toString(), Long.parseLong(figures[0]));
            }
        } catch (IOException e) {
            // the thread has ended, or the system does not tell
        }
    }

    /** Returns how many nanoseconds were used from an earlier time to this one. */
    long since(CompilerTime earlier) {
        return nanos.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.nanos.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
