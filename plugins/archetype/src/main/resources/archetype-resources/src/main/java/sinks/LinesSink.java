package ${package}.sinks;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Adds results to a file, a message a line. */
@Component
@PluginType("${artifactId}")
public final class LinesSink implements SinkFactory<LinesSink.Config> {
    /** What a rule may say about it. */
    @ObjectClassDefinition(name = "Lines sink")
    public @interface Config {
        @AttributeDefinition(description = "The file that lines are added to")
        String path();
    }

    @Override
    public Sink open(Config config, SinkContext context) throws IOException {
        return new Lines(FileChannel.open(
                Path.of(config.path()), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    private record Lines(FileChannel file) implements Sink {
        @Override
        public void write(Batch batch) throws Exception {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            WritableByteChannel channel = Channels.newChannel(lines);
            for (Message message : batch.messages()) {
                channel.write(message.payload());
                lines.write('\n');
            }
            append(ByteBuffer.wrap(lines.toByteArray()));
        }

        /** Adds all or nothing, so that a batch that comes again is not there twice. */
        private void append(ByteBuffer lines) throws IOException {
            long end = file.size();
            try {
                while (lines.hasRemaining()) {
                    file.write(lines, end + lines.position());
                }
            } catch (IOException e) {
                file.truncate(end);
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
