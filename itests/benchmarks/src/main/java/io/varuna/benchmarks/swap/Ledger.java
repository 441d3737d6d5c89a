package io.varuna.benchmarks.swap;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.util.HashMap;
import java.util.Map;

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
        follow(number(values, "k"), low, high, NumberCodec.KEYS);
        long count = (high - low) / NumberCodec.KEYS + 1;
        if (number(values, "total") != (low + high) * count / 2) {
            wrong++;
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
