package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.nio.ByteBuffer;

/** A sink that gives the messages to an {@link Output}. */
@PluginType("output")
final class OutputSink implements SinkFactory<OutputSink.Config> {
    /** The sink takes no properties. */
    @interface Config {}

    private final Output output;
    private byte[] copy = new byte[1024];

    OutputSink(Output output) {
        this.output = output;
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        return batch -> {
            for (Message message : batch.messages()) {
                ByteBuffer payload = message.payload();
                int length = payload.remaining();
                if (copy.length < length) {
                    copy = new byte[length];
                }
                payload.get(copy, 0, length);
                output.message(copy, 0, length);
            }
        };
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
