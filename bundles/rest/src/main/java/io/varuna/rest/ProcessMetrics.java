package io.varuna.rest;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginService;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.ObjectName;

/** The figures of the process for Prometheus, under the names that clients for Java give them. */
final class ProcessMetrics {
    private static final String COUNTER = "counter";
    private static final String GAUGE = "gauge";
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1_000_000_000;

    private final String version;
    private final PluginService plugins;

    ProcessMetrics(String version, PluginService plugins) {
        this.version = version;
        this.plugins = plugins;
    }

    void write(PrometheusText text) throws IOException {
        text.family("varuna_info", GAUGE, "The version that runs").sample(1L, "version", version);
        writePlugins(text);
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        text.family("process_start_time_seconds", GAUGE, "When the process was started, in seconds since 1970")
                .sample(runtime.getStartTime() / MILLIS_PER_SECOND);
        text.family("process_uptime_seconds", GAUGE, "For how long the process runs")
                .sample(runtime.getUptime() / MILLIS_PER_SECOND);
        writeSystem(text, "ProcessCpuTime", "process_cpu_seconds_total", COUNTER, "Processor time", NANOS_PER_SECOND);
        writeSystem(text, "OpenFileDescriptorCount", "process_open_fds", GAUGE, "Open files and sockets", 1);
        writeSystem(text, "MaxFileDescriptorCount", "process_max_fds", GAUGE, "How many there may be", 1);
        writeMemory(text);
        writeThreads(text);
        writeCollections(text);
    }

    private void writePlugins(PrometheusText text) throws IOException {
        text.family("varuna_plugin_info", GAUGE, "The plugins that are installed; refused ones are not used");
        record Plugin(String name, String version, boolean admitted) {}
        TreeSet<Plugin> known = new TreeSet<>(Comparator.comparing(Plugin::name)
                .thenComparing(Plugin::version)
                .thenComparing(Plugin::admitted));
        for (PluginDescription plugin : plugins.list()) {
            known.add(new Plugin(plugin.plugin(), plugin.version(), plugin.isAdmitted()));
        }
        for (Plugin plugin : known) {
            text.sample(
                    1L,
                    "plugin",
                    plugin.name(),
                    "version",
                    plugin.version(),
                    "refused",
                    Boolean.toString(!plugin.admitted()));
        }
    }

    /** Writes what only some systems know. */
    private static void writeSystem(
            PrometheusText text, String attribute, String name, String type, String help, double divisor)
            throws IOException {
        Optional<Number> value = system(attribute);
        if (value.isPresent()) {
            text.family(name, type, help).sample(value.get().doubleValue() / divisor);
        }
    }

    private static Optional<Number> system(String attribute) {
        try {
            // by name: the interface that has it is in a package that only some containers give to bundles
            Object value = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), attribute);
            return value instanceof Number number && number.doubleValue() >= 0 ? Optional.of(number) : Optional.empty();
        } catch (JMException e) {
            return Optional.empty();
        }
    }

    private static void writeMemory(PrometheusText text) throws IOException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        MemoryUsage other = memory.getNonHeapMemoryUsage();
        String area = "area";
        text.family("jvm_memory_used_bytes", GAUGE, "Memory in use")
                .sample(heap.getUsed(), area, "heap")
                .sample(other.getUsed(), area, "nonheap");
        text.family("jvm_memory_committed_bytes", GAUGE, "Memory that Java has")
                .sample(heap.getCommitted(), area, "heap")
                .sample(other.getCommitted(), area, "nonheap");
        text.family("jvm_memory_max_bytes", GAUGE, "Memory that Java may have; -1 if there is no limit")
                .sample(heap.getMax(), area, "heap")
                .sample(other.getMax(), area, "nonheap");
    }

    private static void writeThreads(PrometheusText text) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        text.family("jvm_threads_current", GAUGE, "Threads").sample((long) threads.getThreadCount());
        text.family("jvm_threads_daemon", GAUGE, "Threads that do not keep the process")
                .sample((long) threads.getDaemonThreadCount());
        text.family("jvm_threads_peak", GAUGE, "The most threads that there were")
                .sample((long) threads.getPeakThreadCount());
    }

    private static void writeCollections(PrometheusText text) throws IOException {
        text.family("jvm_gc_collection_seconds", "summary", "Time for the collection of garbage");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            List<String> labels = List.of("gc", collector.getName());
            text.sample("_count", Long.toString(collector.getCollectionCount()), labels);
            text.sample("_sum", Double.toString(collector.getCollectionTime() / MILLIS_PER_SECOND), labels);
        }
    }
}
