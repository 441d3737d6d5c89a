package io.varuna.engine.source;

import io.varuna.api.source.Position;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out which positions are safe for all rules that read a source. Thread-safe. */
final class PositionLog {
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<Subscriber, Long> committed = new HashMap<>();
    private final Map<String, Position> latest = new LinkedHashMap<>();
    private long sequence;

    private record Entry(long sequence, Map<String, Position> positions) {}

    PositionLog(Collection<Position> restored) {
        restored.forEach(position -> latest.put(position.partition(), position));
    }

    /** Adds a batch and returns its number. */
    synchronized long add(Map<String, Position> positions) {
        sequence++;
        if (!positions.isEmpty()) {
            latest.putAll(positions);
            entries.add(new Entry(sequence, Map.copyOf(positions)));
        }
        return sequence;
    }

    /** Returns the last position of each partition. */
    synchronized List<Position> latest() {
        return List.copyOf(latest.values());
    }

    synchronized void join(Subscriber subscriber) {
        committed.put(subscriber, sequence);
    }

    synchronized void leave(Subscriber subscriber) {
        committed.remove(subscriber);
    }

    /** Notes that batches up to a number are safe for one rule; returns the positions that are safe for all by that. */
    synchronized Collection<Position> commit(Subscriber subscriber, long upTo) {
        if (committed.containsKey(subscriber)) {
            committed.merge(subscriber, upTo, Math::max);
        }
        long safe = committed.values().stream().mapToLong(Long::longValue).min().orElse(0);
        Map<String, Position> positions = new LinkedHashMap<>();
        while (!entries.isEmpty() && entries.getFirst().sequence <= safe) {
            positions.putAll(entries.removeFirst().positions);
        }
        return positions.values();
    }
}
