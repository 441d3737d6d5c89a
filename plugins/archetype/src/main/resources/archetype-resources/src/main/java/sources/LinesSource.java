package ${package}.sources;

import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Reads the lines of the file that DATASOURCE names, also those that are added to it later. */
@Component
@PluginType("${artifactId}")
public final class LinesSource implements SourceFactory<LinesSource.Config> {
    private static final int CHUNK = 1024 * 1024;

    /** What a stream may say about it. */
    @ObjectClassDefinition(name = "Lines source")
    public @interface Config {
        @AttributeDefinition(description = "Time between two looks at the file, such as 10s or 300ms")
        String interval() default "1s";
    }

    @Override
    public Source open(Config config, SourceContext context) throws IOException {
        long offset = context.restored().stream()
                .mapToLong(position -> Long.parseLong(position.offset()))
                .max()
                .orElse(0);
        Duration interval = Durations.property("interval", config.interval());
        return new Lines(FileChannel.open(Path.of(context.dataSource())), interval, offset);
    }

    private static final class Lines implements PollingSource {
        private final FileChannel file;
        private final Duration interval;
        private long offset;

        Lines(FileChannel file, Duration interval, long offset) {
            this.file = file;
            this.interval = interval;
            this.offset = offset;
        }

        @Override
        public Duration interval() {
            return interval;
        }

        @Override
        public boolean poll(Instant trigger, SourceOutput out) throws Exception {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            while (file.read(chunk.clear(), offset) > 0 && emitLines(chunk.flip(), out)) {
                // until what is left of the file is no whole line
            }
            return true;
        }

        /** Emits the whole lines of a chunk, each with the place behind it, and tells whether there were any. */
        private boolean emitLines(ByteBuffer chunk, SourceOutput out) throws Exception {
            int start = 0;
            for (int i = 0; i < chunk.limit(); i++) {
                if (chunk.get(i) == '\n') {
                    ByteBuffer line = chunk.slice(start, i - start);
                    offset += i + 1 - start;
                    start = i + 1;
                    out.emit(line, Map.of(), new Position("lines", String.valueOf(offset)));
                }
            }
            if (start == 0 && chunk.limit() == CHUNK) {
                throw new IOException("The line at byte " + offset + " is longer than " + CHUNK + " bytes");
            }
            return start > 0;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
