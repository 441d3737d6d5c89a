package io.varuna.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a run took place.
 *
 * @param load how many threads wanted a processor during the minute before; negative if not known
 */
public record Machine(String processor, int processors, long memoryMegabytes, String system, String java, double load) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Describes this machine and moment. */
    public static Machine here() throws IOException {
        OperatingSystemMXBean bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                model(),
                bean.getAvailableProcessors(),
                bean.getTotalMemorySize() >> 20,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                bean.getSystemLoadAverage());
    }

    private static String model() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch"));
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %d MB of memory, %s, %s; load before the run %.1f.",
                processor,
                processors,
                memoryMegabytes,
                system,
                java,
                load);
    }
}
