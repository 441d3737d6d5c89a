package io.varuna.benchmarks.part;

import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.report.Chapter;
import io.varuna.benchmarks.report.Chapter.Entry;
import io.varuna.benchmarks.report.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of parts. */
public final class Parts {
    private static final String SUFFIX = "Benchmark";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Parts() {}

    /** Returns what the benchmarks of parts are about. */
    public static List<Chapter> chapters() {
        return List.of(decoding(Shape.SMALL), decoding(Shape.LARGE));
    }

    private static Chapter decoding(Shape shape) {
        String id = "decode/" + shape.word() + "/";
        return new Chapter(
                "decode-" + shape.word(),
                "Decoding, " + shape.word() + " messages",
                "From the bytes of a message to three columns.",
                List.of(
                        new Entry(id + "varuna", "Varuna's format json"),
                        new Entry(id + "jackson", "Jackson streaming"),
                        new Entry(id + "map", "Jackson, a map")));
    }

    /**
     * Runs those with a certain prefix in their id, each in a process of its own.
     *
     * @param iterations how many rounds there are
     * @param millis duration of a round; the time for warming up is three rounds
     */
    public static List<Measurement> run(String prefix, int iterations, long millis) throws RunnerException {
        if (chapters().stream().flatMap(chapter -> chapter.entries().stream()).noneMatch(entry -> entry.id()
                .startsWith(prefix))) {
            return List.of();
        }
        Options options = new OptionsBuilder()
                .include(Parts.class.getPackageName())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTimeProfiler.class)
                .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC")
                .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.stream()
                .map(Parts::measurement)
                .filter(measured -> measured.id().startsWith(prefix))
                .toList();
    }

    private static Measurement measurement(RunResult result) {
        List<Double> nanos = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                nanos.add(Objects.requireNonNull(iteration.getSecondaryResults().get(CpuTimeProfiler.NAME))
                        .getScore());
            }
        }
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return new Measurement(
                id(result), nanos, allocated == null ? Double.NaN : allocated.getScore(), Double.NaN, Map.of());
    }

    /** Returns such as {@code decode/small/varuna} for {@code DecodeBenchmark.varuna} with a parameter. */
    private static String id(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.", -1);
        StringBuilder id = new StringBuilder(names[names.length - 2].replace(SUFFIX, ""));
        for (String key : result.getParams().getParamsKeys()) {
            id.append('/').append(result.getParams().getParam(key));
        }
        return id.append('/').append(names[names.length - 1]).toString().toLowerCase(Locale.ROOT);
    }
}
