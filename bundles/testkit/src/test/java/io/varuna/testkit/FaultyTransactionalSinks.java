package io.varuna.testkit;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.sink.TransactionalSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink with transactions that keeps to its contract, and ones that break it in one way each. */
final class FaultyTransactionalSinks {
    private FaultyTransactionalSinks() {}

    /** What survives a crash: what is public, and what was prepared. */
    static final class Store {
        final List<Map<String, Object>> published = new ArrayList<>();
        final TreeMap<Long, List<Map<String, Object>>> prepared = new TreeMap<>();

        void clear() {
            published.clear();
            prepared.clear();
        }

        void publish(long id) {
            List<Map<String, Object>> rows = prepared.remove(id);
            if (rows != null) {
                published.addAll(rows);
            }
        }
    }

    /** What a sink does wrong. */
    enum Fault {
        NONE,
        PUBLISHES_WHEN_PREPARED,
        LOSES_PREPARED_IN_A_CRASH,
        PUBLISHES_DROPPED,
        COMMITS_WHAT_CAME_LATER,
        PUBLISHES_TWICE,
        PUBLISHES_WHEN_CLOSED
    }

    @PluginType("transactional")
    record ListFactory(Store store, Fault fault) implements SinkFactory<FaultySinks.Config> {
        @Override
        public Sink open(FaultySinks.Config config, SinkContext context) {
            return new Transactional(store, fault);
        }
    }

    private static final class Transactional implements TransactionalSink {
        private final Store store;
        private final Fault fault;
        private final List<Map<String, Object>> current = new ArrayList<>();
        private final TreeMap<Long, List<Map<String, Object>>> committed = new TreeMap<>();

        Transactional(Store store, Fault fault) {
            this.store = store;
            this.fault = fault;
        }

        @Override
        public void write(Batch batch) {
            batch.forEach(row -> current.add(Json.withoutNulls(row.toMap())));
        }

        @Override
        public void prepare(long checkpointId) {
            store.prepared.put(checkpointId, new ArrayList<>(current));
            current.clear();
            if (fault == Fault.PUBLISHES_WHEN_PREPARED) {
                store.publish(checkpointId);
            }
        }

        @Override
        public void commit(long checkpointId) {
            if (fault == Fault.COMMITS_WHAT_CAME_LATER) {
                store.prepared
                        .computeIfAbsent(checkpointId, id -> new ArrayList<>())
                        .addAll(current);
                current.clear();
            }
            if (fault == Fault.PUBLISHES_TWICE) {
                committed.putIfAbsent(checkpointId, store.prepared.getOrDefault(checkpointId, List.of()));
                store.published.addAll(committed.get(checkpointId));
                store.prepared.remove(checkpointId);
                return;
            }
            store.publish(checkpointId);
        }

        @Override
        public void recover(long lastCompleted) {
            if (fault == Fault.LOSES_PREPARED_IN_A_CRASH) {
                store.prepared.clear();
            }
            for (long id : List.copyOf(store.prepared.keySet())) {
                if (id <= lastCompleted || fault == Fault.PUBLISHES_DROPPED) {
                    store.publish(id);
                }
            }
            store.prepared.clear();
        }

        @Override
        public void close() {
            if (fault == Fault.PUBLISHES_WHEN_CLOSED) {
                store.published.addAll(current);
            }
        }
    }
}
