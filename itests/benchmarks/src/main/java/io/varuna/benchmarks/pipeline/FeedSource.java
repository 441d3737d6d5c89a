package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import io.varuna.benchmarks.message.Messages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source whose messages are in memory: whoever measures gives them, on their own thread. */
@PluginType("feed")
final class FeedSource implements SourceFactory<FeedSource.Config> {
    /** The source takes no properties. */
    @interface Config {}

    private final List<Feed> feeds = new CopyOnWriteArrayList<>();

    @Override
    public Source open(Config config, SourceContext context) {
        Feed feed = new Feed(context.stream());
        feeds.add(feed);
        return feed;
    }

    /** Gives a part of the messages to everybody who reads the stream. */
    void feed(String stream, Messages messages, int from, int to) throws InterruptedException {
        ByteBuffer payload = ByteBuffer.wrap(messages.bytes());
        for (Feed feed : feeds) {
            SourceOutput out = feed.out;
            if (out == null || !feed.stream.equals(stream)) {
                continue;
            }
            for (int i = from; i < to; i++) {
                payload.limit(messages.end(i)).position(messages.start(i));
                out.emit(payload, Map.of(), null);
            }
            out.flush();
        }
    }

    /** A stream's source. */
    private final class Feed implements PushSource {
        private final String stream;
        private volatile @Nullable SourceOutput out;

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
