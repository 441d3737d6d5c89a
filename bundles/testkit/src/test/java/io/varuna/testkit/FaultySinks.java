package io.varuna.testkit;

import io.varuna.api.data.Row;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A sink that keeps to its contract, and ones that break it in one way each. */
final class FaultySinks {
    private FaultySinks() {}

    @ObjectClassDefinition
    @interface Config {
        @AttributeDefinition(description = "Name of the list")
        String name() default "list";
    }

    /** What the sinks write into: durable once it is flushed. */
    static final class Store {
        final List<Map<String, Object>> pending = new ArrayList<>();
        final List<Map<String, Object>> durable = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();

        void flush() {
            durable.addAll(pending);
            pending.clear();
        }
    }

    @PluginType("good")
    record Good(Store store) implements SinkFactory<Config> {
        @Override
        public Sink open(Config config, SinkContext context) {
            return new ListSink(store);
        }
    }

    /** Forgets what flush() promises. */
    @PluginType("forgetful")
    record Forgetful(Store store) implements SinkFactory<Config> {
        @Override
        public Sink open(Config config, SinkContext context) {
            return batch -> batch.forEach(row -> store.pending.add(Json.withoutNulls(row.toMap())));
        }
    }

    /** Keeps rows after write() has returned. */
    @PluginType("keeper")
    record Keeper(Store store) implements SinkFactory<Config> {
        @Override
        public Sink open(Config config, SinkContext context) {
            List<Row> rows = new ArrayList<>();
            return new Sink() {
                @Override
                public void write(Batch batch) {
                    batch.forEach(rows::add);
                }

                @Override
                public void flush() {
                    rows.forEach(row -> store.durable.add(Json.withoutNulls(row.toMap())));
                    rows.clear();
                }
            };
        }
    }

    /** Starts a thread that nobody ends. */
    @PluginType("threads")
    record Threaded(Store store) implements SinkFactory<Config> {
        @Override
        public Sink open(Config config, SinkContext context) {
            Thread thread = new Thread(
                    () -> {
                        synchronized (store) {
                            while (!Thread.currentThread().isInterrupted()) {
                                try {
                                    store.wait();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }
                    },
                    "forgotten");
            thread.setDaemon(true);
            thread.start();
            store.threads.add(thread);
            return new ListSink(store);
        }
    }

    /** Has no type. */
    record Nameless(Store store) implements SinkFactory<Config> {
        @Override
        public Sink open(Config config, SinkContext context) {
            return new ListSink(store);
        }
    }

    private record ListSink(Store store) implements Sink {
        @Override
        public void write(Batch batch) throws Exception {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (var message : batch.messages()) {
                // reads the payload as a sink of messages does; the rows carry the values
                if (StandardCharsets.UTF_8.decode(message.payload()).isEmpty()) {
                    throw new IllegalStateException("A message is empty");
                }
                message.rows().forEach(row -> rows.add(Json.withoutNulls(row.toMap())));
            }
            store.pending.addAll(rows);
        }

        @Override
        public void flush() {
            store.flush();
        }
    }
}
