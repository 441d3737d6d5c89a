package io.varuna.benchmarks.swap;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.benchmarks.swap.bundle.NumberCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks what arrives: rows with a number follow each other; windows of a key follow each other, and their sums are those of
 * all numbers of the key in between. Thread-safe.
 */
final class Ledger {
    private final Map<Long, Long> next = new HashMap<>();
    private long rows;
    private long lost;
    private long doubled;
    private long wrong;

    /** A sink that enters what it gets. */
    record Book(Ledger ledger) implements SinkFactory<Book.Config> {
        /** The sink takes no properties. */
        @interface Config {}

        @Override
        public Sink open(Config config, SinkContext context) {
            return batch -> batch.forEach(ledger::enter);
        }
    }

    /** Returns a sink of another version. */
    SinkFactory<?> sink() {
        return new Book(this);
    }

    private synchronized void enter(Row row) {
        Map<String, Object> values = row.toMap();
        rows++;
        if (values.get("n") instanceof Long n) {
            follow(0, n, n, 1);
            return;
        }
        long low = number(values, "low");
        long high = number(values, "high");
        window(number(values, "k"), number(values, "total"), low, high);
    }

    private void window(long key, long total, long low, long high) {
        follow(key, low, high, NumberCodec.KEYS);
        long count = (high - low) / NumberCodec.KEYS + 1;
        if (total != (low + high) * count / 2) {
            wrong++;
        }
    }

    /** Enters what {@link io.varuna.benchmarks.swap.bundle.LineSink} has written. */
    synchronized void enter(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                long[] window = Arrays.stream(line.split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
                rows++;
                window(window[0], window[1], window[2], window[3]);
            });
        }
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Long number ? number : -1;
    }

    private void follow(long key, long low, long high, long step) {
        long expected = next.getOrDefault(key, key);
        lost += Math.max(0, low - expected) / step;
        doubled += Math.max(0, expected - low) / step;
        next.put(key, Math.max(expected, high + step));
    }

    synchronized long rows() {
        return rows;
    }

    synchronized long lost() {
        return lost;
    }

    /** Returns how many came twice, or in a window whose sum is wrong. */
    synchronized long doubled() {
        return doubled + wrong;
    }
}
