package io.varuna.testkit;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Position;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sources that keep to their contract, and ones that break it in one way each. */
final class FaultySources {
    private FaultySources() {}

    @ObjectClassDefinition
    @interface Config {
        @AttributeDefinition(description = "Name of the channel")
        String name() default "channel";
    }

    /** Where records come from: those who listen are called on the thread of whoever sends. */
    static final class Channel {
        private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

        void send(List<Map<String, Object>> records) throws InterruptedException {
            for (Subscription subscription : subscriptions) {
                try {
                    subscription.take(records);
                } catch (InterruptedException e) {
                    if (subscriptions.contains(subscription)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** A push source with switches for its faults. */
    private record Subscription(Channel channel, boolean flushes, boolean unsubscribes, OutputHolder holder)
            implements PushSource {
        @Override
        public void start(SourceOutput out) {
            holder.output = out;
            channel.subscriptions.add(this);
        }

        void take(List<Map<String, Object>> records) throws InterruptedException {
            SourceOutput out = holder.output;
            if (out == null) {
                return;
            }
            for (Map<String, Object> record : records) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>(record);
                out.emit(row, Map.of(), null);
            }
            if (flushes) {
                out.flush();
            }
        }

        @Override
        public void close() {
            if (unsubscribes) {
                channel.subscriptions.remove(this);
            }
        }
    }

    private static final class OutputHolder {
        private volatile @Nullable SourceOutput output;
    }

    @PluginType("good")
    record Good(Channel channel) implements SourceFactory<Config> {
        @Override
        public Source open(Config config, SourceContext context) {
            return new Subscription(channel, true, true, new OutputHolder());
        }
    }

    /** Leaves its last records lying until others come. */
    @PluginType("lazy")
    record Lazy(Channel channel) implements SourceFactory<Config> {
        @Override
        public Source open(Config config, SourceContext context) {
            return new Subscription(channel, false, true, new OutputHolder());
        }
    }

    /** Reads a list; positions say how many records were read, perhaps one too many. */
    @PluginType("list")
    record Listed(List<Map<String, Object>> records, long error) implements SourceFactory<Config> {
        @Override
        public Source open(Config config, SourceContext context) {
            long start = context.restored().stream()
                    .mapToLong(position -> Long.parseLong(position.offset()))
                    .max()
                    .orElse(0);
            return (ReadingSource) out -> {
                for (int i = (int) start; i < records.size(); i++) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>(records.get(i));
                    out.emit(row, Map.of(), new Position("list", Long.toString(i + 1 + error)));
                }
            };
        }
    }

    /** Throws after its first record. */
    record Failing() implements SourceFactory<Config> {
        @Override
        public Source open(Config config, SourceContext context) {
            return (ReadingSource) out -> {
                out.emit(Map.of(), Map.of(), null);
                throw new IOException("out of order");
            };
        }
    }
}
