package io.varuna.rulekit;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sink that keeps the messages of each rule, as the bytes that other sinks would send. */
@PluginType("collect")
final class CollectSink implements SinkFactory<CollectSink.Config> {
    /** The sink takes no properties. */
    @interface Config {}

    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    @Override
    public Sink open(Config config, SinkContext context) {
        String rule = context.ruleId();
        return batch -> write(rule, batch);
    }

    @Override
    public boolean blocking() {
        return false;
    }

    private synchronized void write(String rule, Batch batch) throws Exception {
        for (Message message : batch.messages()) {
            messages.computeIfAbsent(rule, id -> new ArrayList<>())
                    .add(StandardCharsets.UTF_8.decode(message.payload()).toString());
        }
    }

    /** Returns the messages of a rule since the last call. */
    synchronized List<String> take(String rule) {
        List<String> taken = messages.remove(rule);
        return taken == null ? List.of() : taken;
    }
}
