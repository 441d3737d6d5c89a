package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** What a process of Java holds, as its own tools tell. */
record JavaProcess(long pid) {
    private static final String LOADERS = "BundleWiringImpl$BundleClassLoader";

    /** Counts the class loaders of bundles that can be reached. */
    long bundleLoaders() {
        return instances(LOADERS);
    }

    /** Counts the bundles that can be reached, be they installed or not. */
    long bundles() {
        return instances("org.apache.felix.framework.BundleImpl");
    }

    long threads() {
        return jcmd("Thread.print").lines().filter(JavaProcess::beginsThread).count();
    }

    /** Tells whether a line of a list of threads begins one of Java's, not of the machine's own. */
    private static boolean beginsThread(String line) {
        return line.startsWith("\"") && line.contains("\" #");
    }

    /** Counts the objects of a class that can be reached; that collects garbage. */
    private long instances(String type) {
        return Arrays.stream(jcmd("GC.class_histogram").split("\n"))
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].endsWith(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(jcmd.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
