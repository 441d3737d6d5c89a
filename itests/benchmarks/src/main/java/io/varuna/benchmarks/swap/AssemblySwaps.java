package io.varuna.benchmarks.swap;

import io.varuna.benchmarks.swap.Swaps.Kind;
import io.varuna.benchmarks.swap.Swaps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same on the distribution: bundles of plugins are installed in a higher version and taken back in turn, by REST, while a
 * rule with windows uses them.
 */
final class AssemblySwaps implements AutoCloseable {
    private static final String SQL =
            "SELECT k, total(n) AS total, min(n) AS low, max(n) AS high FROM numbers GROUP BY k, TUMBLINGWINDOW(ss, 1)";
    private static final Pattern PAUSE = Pattern.compile("(?:stood still for |\"pauseMillis\":)([0-9.]+)");
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Distribution distribution;
    private final Path output;
    private final List<Exchanged> plugins = new ArrayList<>();
    private int exchanges;

    /**
     * A plugin of the rule.
     *
     * @param next the file of its higher version
     * @param pauses one for each exchange; after an even number of them the lower version is in use
     */
    private record Exchanged(Kind kind, PluginBundle bundle, Path next, List<Duration> pauses) {
        String path() {
            return "/plugins/" + bundle.kind() + "/" + bundle.name();
        }
    }

    /** Starts a distribution and the rule in it. */
    AssemblySwaps(Path archive, long perSecond) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("varuna-swaps-");
        output = work.resolve("windows.txt");
        distribution = Distribution.start(archive, work.resolve("varuna"), "-Dvaruna.plugins.health=20ms");
        for (Kind kind : Kind.values()) {
            PluginBundle plugin = PluginBundle.of(kind);
            plugins.add(new Exchanged(kind, plugin, plugin.write(work, "1.1.0"), new ArrayList<>()));
            distribution.send("POST", "/plugins/" + plugin.kind(), request(plugin, plugin.write(work, "1.0.0")));
        }
        distribution.send(
                "POST",
                "/streams",
                "{\"sql\": \"CREATE STREAM numbers (n BIGINT, k BIGINT) WITH (TYPE='numbers', FORMAT='number',"
                        + " EXTRA='{\\\"perSecond\\\": " + perSecond + "}')\"}");
        distribution.send(
                "POST",
                "/rules",
                "{\"id\": \"windows\", \"sql\": \"" + SQL + "\", \"actions\": [{\"lines\": {\"path\": \"" + output
                        + "\"}}]}");
    }

    private static String request(PluginBundle plugin, Path file) {
        return "{\"name\": \"" + plugin.name() + "\", \"file\": \"" + file.toUri() + "\"}";
    }

    /** Exchanges the plugin whose turn it is: for its higher version, or back. */
    void swap() throws IOException, InterruptedException {
        Exchanged plugin = plugins.get(exchanges % plugins.size());
        boolean back = plugin.pauses().size() % 2 == 1;
        String answer = back
                ? distribution.send("POST", plugin.path() + "/rollback", "")
                : distribution.send("PUT", plugin.path(), request(plugin.bundle(), plugin.next()));
        if (!answer.contains("exchanged: ")) {
            throw new IOException("The rule has not moved: " + answer);
        }
        Matcher pause = PAUSE.matcher(answer);
        double millis = pause.find() ? Double.parseDouble(pause.group(1)) : 0;
        plugin.pauses().add(Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
        exchanges++;
    }

    String footprint() throws IOException, InterruptedException {
        return ProcessFootprint.of(distribution.pid()).line(exchanges);
    }

    /** Stops the rule; returns what came of each kind, with what was lost and came twice in all. */
    List<Outcome> stop() throws IOException, InterruptedException {
        distribution.send("POST", "/rules/windows/stop", "");
        Ledger ledger = new Ledger();
        ledger.enter(output);
        return plugins.stream()
                .map(plugin -> new Outcome(
                        plugin.kind(),
                        plugin.pauses().stream().sorted().toList(),
                        ledger.rows(),
                        ledger.lost(),
                        ledger.doubled()))
                .toList();
    }

    /** Exchanges all kinds in turn, and tells what the process holds before, after a tenth, and at the end. */
    static List<Outcome> observe(Path archive, long perSecond, int times, Consumer<String> lines)
            throws IOException, InterruptedException {
        try (AssemblySwaps swaps = new AssemblySwaps(archive, perSecond)) {
            // what is there after the first of each kind, there and back, is there once
            for (int i = 0; i < 2 * Kind.values().length; i++) {
                swaps.swap();
            }
            swaps.forget();
            lines.accept(swaps.footprint());
            while (swaps.exchanges < times) {
                swaps.swap();
                if (swaps.exchanges == times / 10 || swaps.exchanges == times) {
                    lines.accept(swaps.footprint());
                }
            }
            return swaps.stop();
        }
    }

    private void forget() {
        plugins.forEach(plugin -> plugin.pauses().clear());
        exchanges = 0;
    }

    @Override
    public void close() throws InterruptedException {
        distribution.close();
    }
}
