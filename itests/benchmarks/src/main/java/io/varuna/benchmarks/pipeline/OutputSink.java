package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.io.OutputStream;

/** A sink that gives the messages to an {@link Output}. */
@PluginType("output")
final class OutputSink implements SinkFactory<OutputSink.Config> {
    /** The sink takes no properties. */
    @interface Config {}

    private final Stream stream;

    OutputSink(Output output) {
        this.stream = new Stream(output);
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        return batch -> {
            for (Message message : batch.messages()) {
                message.writeTo(stream);
            }
        };
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** Takes each piece of bytes for a message. */
    private static final class Stream extends OutputStream {
        private final Output output;

        Stream(Output output) {
            this.output = output;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            output.message(bytes, offset, length);
        }
    }
}
