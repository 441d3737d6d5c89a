package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
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
        Payloads payloads = new Part(messages, from, to);
        for (Feed feed : feeds) {
            SourceOutput out = feed.out;
            if (out == null || !feed.stream.equals(stream)) {
                continue;
            }
            out.emit(payloads);
            out.flush();
        }
    }

    /** Messages one behind the other, as they are in the buffer of a connection. */
    private static final class Part implements Payloads {
        private final Messages messages;
        private final int from;
        private final int size;
        private final ByteBuffer view;

        Part(Messages messages, int from, int to) {
            this.messages = messages;
            this.from = from;
            this.size = to - from;
            this.view = ByteBuffer.wrap(messages.bytes());
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public ByteBuffer payload(int index) {
            return view.limit(messages.end(from + index)).position(messages.start(from + index));
        }

        @Override
        public Map<String, @Nullable Object> metadata(int index) {
            return Map.of();
        }

        @Override
        public @Nullable Position position(int index) {
            return null;
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
