package io.varuna.benchmarks.swap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Locale;

/**
 * What the process holds.
 *
 * @param heap bytes in use right after a collection
 * @param metaspace bytes in use
 * @param classes how many are loaded
 * @param threads how many are alive
 */
record Footprint(long heap, long metaspace, long classes, int threads) {
    static final String HEAD = "| exchanges | heap | metaspace | classes | threads |\n|---|---|---|---|---|";
    private static final double MEGABYTE = 1_000_000;

    /** Collects garbage, then looks. */
    static Footprint now() {
        // the second round collects what the first has made collectable, such as classes
        System.gc();
        System.gc();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    String line(int exchanges) {
        return String.format(
                Locale.ROOT,
                "| %d | %.1f MB | %.1f MB | %d | %d |",
                exchanges,
                heap / MEGABYTE,
                metaspace / MEGABYTE,
                classes,
                threads);
    }
}
