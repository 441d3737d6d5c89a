package io.varuna.benchmarks.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Exchanges one plugin of a rule again and again while it gets numbers, and prints for how long it stood still each time, and
 * what was lost or came twice; or what the process holds.
 */
public final class Swaps {
    private static final Duration HEALTH = Duration.ofMillis(200);
    private static final Duration SHORT_HEALTH = Duration.ofMillis(20);
    private static final String ROWS = "SELECT n FROM numbers";
    private static final String WINDOWS =
            "SELECT k, sum(n) AS total, min(n) AS low, max(n) AS high FROM numbers GROUP BY k, TUMBLINGWINDOW(ss, %d)";
    private static final double NANOS_PER_MILLI = 1_000_000;

    private Swaps() {}

    /** What is exchanged. */
    enum Kind {
        SOURCE,
        CODEC,
        SINK,
        /** The aggregates within a window, with what they hold of a thousand keys. */
        FUNCTION
    }

    /** What came of it. */
    record Outcome(Kind kind, List<Duration> pauses, long rows, long lost, long doubled) {
        static final String HEAD =
                "| exchanged | times | pause, median | nine of ten within | longest | lost | doubled |\n|---|---|---|---|---|---|---|";

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f ms | %.1f ms | %.1f ms | %d | %d |",
                    kind.name().toLowerCase(Locale.ROOT),
                    pauses.size(),
                    millis(pauses.get(pauses.size() / 2)),
                    millis(pauses.get(pauses.size() * 9 / 10)),
                    millis(pauses.get(pauses.size() - 1)),
                    lost,
                    doubled);
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / NANOS_PER_MILLI;
        }
    }

    /**
     * Measures all kinds. The arguments are records per second, and how often each is exchanged. With {@code --memory} before
     * them, all kinds are exchanged in turn, so often in all, and what the process holds is printed. With {@code --assembly}
     * and the archive of the distribution, that is done there, with bundles.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> numbers = new ArrayList<>(List.of(arguments));
        boolean memory = numbers.remove("--memory");
        Optional<Path> archive = archive(numbers);
        long perSecond = numbers.isEmpty() ? 100_000 : Long.parseLong(numbers.get(0));
        int times = numbers.size() > 1 ? Integer.parseInt(numbers.get(1)) : memory || archive.isPresent() ? 1_000 : 50;
        if (archive.isPresent()) {
            System.out.println(ProcessFootprint.HEAD);
            List<Outcome> outcomes = AssemblySwaps.observe(archive.get(), perSecond, times, System.out::println);
            System.out.println("\n" + Outcome.HEAD);
            outcomes.forEach(outcome -> System.out.println(outcome.line()));
            return;
        }
        if (memory) {
            System.out.println(Footprint.HEAD);
            observe(perSecond, times, System.out::println);
            return;
        }
        System.out.println(Outcome.HEAD);
        for (Kind kind : Kind.values()) {
            System.out.println(measure(kind, perSecond, 10, times).line());
        }
    }

    private static Optional<Path> archive(List<String> arguments) {
        int option = arguments.indexOf("--assembly");
        if (option < 0) {
            return Optional.empty();
        }
        arguments.remove(option);
        return Optional.of(Path.of(arguments.remove(option)));
    }

    static Outcome measure(Kind kind, long perSecond, int windowSeconds, int times) throws Exception {
        String sql = kind == Kind.FUNCTION ? WINDOWS.formatted(windowSeconds) : ROWS;
        List<Duration> pauses = new ArrayList<>();
        try (SwappedRule rule = new SwappedRule(sql, perSecond, HEALTH)) {
            Ledger ledger = rule.ledger();
            while (pauses.size() < times || ledger.rows() == 0) {
                pauses.add(rule.swap(kind));
            }
            Collections.sort(pauses);
            return new Outcome(kind, pauses, ledger.rows(), ledger.lost(), ledger.doubled());
        }
    }

    /** Exchanges all kinds in turn, and tells what the process holds before, after a tenth of the exchanges, and at the end. */
    static Ledger observe(long perSecond, int times, Consumer<String> lines) throws Exception {
        try (SwappedRule rule = new SwappedRule(WINDOWS.formatted(1), perSecond, SHORT_HEALTH)) {
            Kind[] kinds = Kind.values();
            for (Kind kind : kinds) {
                // what is there after the first of each kind is there once
                rule.swap(kind);
            }
            lines.accept(Footprint.now().line(0));
            for (int i = 1; i <= times; i++) {
                rule.swap(kinds[i % kinds.length]);
                if (i == times / 10 || i == times) {
                    lines.accept(Footprint.now().line(i));
                }
            }
            return rule.ledger();
        }
    }
}
