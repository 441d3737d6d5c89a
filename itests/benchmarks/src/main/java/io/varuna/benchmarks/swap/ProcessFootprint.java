package io.varuna.benchmarks.swap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What another process of Java holds, as its own tools tell.
 *
 * @param heap kilobytes in use right after a collection
 * @param metaspace kilobytes in use
 * @param loaders how many class loaders of bundles can be reached
 * @param threads how many are alive
 */
record ProcessFootprint(long heap, long metaspace, long loaders, long threads) {
    static final String HEAD =
            "| exchanges | heap | metaspace | class loaders of bundles | threads |\n|---|---|---|---|---|";

    private static final Pattern HEAP =
            Pattern.compile("(?:def new generation|tenured generation|garbage-first heap).*used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern THREAD = Pattern.compile("(?m)^\"[^\\n]*\" #\\d+");
    private static final Pattern LOADERS =
            Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s.*BundleWiringImpl\\$BundleClassLoader");
    private static final double KILOBYTES_PER_MEGABYTE = 1_000_000.0 / 1024;

    /** Collects garbage, then looks. */
    static ProcessFootprint of(long pid) throws IOException, InterruptedException {
        // the second round collects what the first has made collectable, such as classes
        ask(pid, "GC.run");
        ask(pid, "GC.run");
        String heap = ask(pid, "GC.heap_info");
        return new ProcessFootprint(
                sum(HEAP, heap),
                sum(METASPACE, heap),
                sum(LOADERS, ask(pid, "GC.class_histogram")),
                THREAD.matcher(ask(pid, "Thread.print")).results().count());
    }

    private static long sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static String ask(long pid, String question) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(answer);
        }
        return answer;
    }

    String line(int exchanges) {
        return String.format(
                Locale.ROOT,
                "| %d | %.1f MB | %.1f MB | %d | %d |",
                exchanges,
                heap / KILOBYTES_PER_MEGABYTE,
                metaspace / KILOBYTES_PER_MEGABYTE,
                loaders,
                threads);
    }
}
