package io.varuna.rulekit;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Position;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source that emits what a test gives it. Stands in for every type of source. */
@PluginType("feed")
final class FeedSource implements SourceFactory<FeedSource.Config> {
    /** The source takes no properties. */
    @interface Config {}

    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private long sent;

    @Override
    public Source open(Config config, SourceContext context) {
        Feed feed = new Feed(context.stream());
        feeds.add(feed);
        return feed;
    }

    /** Emits a row, or the bytes of a text, to every rule that reads the stream. Each gets it as one batch. */
    void send(String stream, List<?> records, Map<String, @Nullable Object> metadata) throws InterruptedException {
        for (Feed feed : feeds) {
            SourceOutput out = feed.out;
            if (!feed.stream.equals(stream) || out == null) {
                continue;
            }
            for (Object record : records) {
                emit(out, record, metadata);
            }
            out.flush();
        }
    }

    private void emit(SourceOutput out, Object record, Map<String, @Nullable Object> metadata)
            throws InterruptedException {
        Position position = new Position("feed", String.valueOf(sent++));
        if (record instanceof Map<?, ?> row) {
            @SuppressWarnings("unchecked") // rows come from JSON objects
            Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) row;
            out.emit(values, metadata, position);
        } else {
            out.emit(ByteBuffer.wrap(record.toString().getBytes(StandardCharsets.UTF_8)), metadata, position);
        }
    }

    /** Ends the stream for every rule that reads it. */
    void end(String stream) throws InterruptedException {
        for (Feed feed : feeds) {
            SourceOutput out = feed.out;
            if (feed.stream.equals(stream) && out != null) {
                out.end();
            }
        }
    }

    /** One rule's subscription. */
    private final class Feed implements PushSource {
        private final String stream;
        private @Nullable SourceOutput out;

        Feed(String stream) {
            this.stream = stream;
        }

        @Override
        public void start(SourceOutput output) {
            out = output;
        }

        @Override
        public void close() {
            feeds.remove(this);
        }
    }
}
