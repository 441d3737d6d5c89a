package io.varuna.runtime.rule;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Shows the messages of a trial. It is no plugin: no rule can name it. */
final class TrialSink implements SinkFactory<TrialSink.Config> {
    /** The name that it has in messages and figures, which is eKuiper's. */
    static final String TYPE = "sse";

    private final Consumer<String> listener;

    /** It takes what all sinks take. */
    @interface Config {}

    TrialSink(Consumer<String> listener) {
        this.listener = listener;
    }

    ProvidedPlugin<SinkFactory<?>> provided() {
        return new ProvidedPlugin<>(PluginKind.SINK, TYPE, "varuna", "", this);
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        return batch -> {
            for (Message message : batch.messages()) {
                listener.accept(StandardCharsets.UTF_8.decode(message.payload()).toString());
            }
        };
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
