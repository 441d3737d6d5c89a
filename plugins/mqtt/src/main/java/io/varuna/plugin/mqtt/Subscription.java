package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.plugin.PluginContext;
import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one source gets from a broker. Fields are the event loop's, but for the thread-safe ones. */
final class Subscription implements Inbox.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private static final String PARTITION = "session";

    /**
     * Many brokers send no more than twenty messages before the first is acknowledged, some only ten; so from here on the
     * broker may be waiting for us.
     */
    private static final int MANY_UNACKNOWLEDGED = 8;

    private static final long COMMIT_DELAY_MILLIS = 50;

    private final Group group;
    private final byte @Nullable [] endOfStream;
    private final SourceOutput output;
    private final PluginContext context;
    private final Subscriber subscriber;
    private final EventLoop loop;
    private final Inbox inbox;

    /** Tells our positions from those of an earlier life, which mean nothing any more. */
    private final String life = UUID.randomUUID().toString().substring(0, 8) + ":";

    /** How many messages of QoS 1 and 2 went to the rules. */
    private volatile long emitted;

    /** How many of those are safe. */
    private volatile long committed;

    private final AtomicBoolean commitRequested = new AtomicBoolean();
    private volatile boolean ended;

    /** The last message that is safe here; the event loop's. */
    private long safe;

    /** The messages that go to the rules; the worker's. */
    private final Messages messages = new Messages();

    Subscription(Request request, Group group, Subscriber subscriber, EventLoop loop, ExecutorService workers) {
        this.group = group;
        this.endOfStream = request.endOfStream();
        this.output = request.output();
        this.context = request.context();
        this.subscriber = subscriber;
        this.loop = loop;
        this.inbox = new Inbox(loop, workers, this, subscriber);
    }

    /**
     * What a source asks for.
     *
     * @param endOfStream the payload that ends the stream, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(
            List<TopicFilter> filters,
            int qos,
            byte @Nullable [] endOfStream,
            SourceOutput output,
            PluginContext context) {}

    Group group() {
        return group;
    }

    void status(ConnectionStatus status, @Nullable String message) {
        context.status(status, message);
    }

    /** Takes messages from the broker; on the event loop. */
    void arrive(Parcel parcel) {
        inbox.add(parcel);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one worker at a time
    public void read(Parcel parcel) throws InterruptedException {
        int last = parcel.size() - 1;
        if (!ended) {
            int end = endOfStream == null ? parcel.size() : parcel.indexOf(endOfStream);
            messages.show(parcel, end, emitted);
            emitted += parcel.receipts(last);
            emit();
            parcel.read();
            if (end == parcel.size()) {
                return;
            }
            ended = true;
            output.end();
        }
        // nobody will ask for it any more
        settle(parcel.sequence(last));
    }

    private void emit() throws InterruptedException {
        while (messages.size() > 0) {
            try {
                output.emit(messages);
                return;
            } catch (RuntimeException e) {
                LOG.error("The rules threw on a message, which is left out", e);
                messages.leaveOut();
            }
        }
    }

    /** Shows the messages of a parcel to the rules, with positions that this subscription understands. */
    private final class Messages implements Payloads {
        private @Nullable Parcel parcel;
        private ByteBuffer view = ByteBuffer.allocate(0);
        private long before;
        private int from;
        private int to;
        private int read;

        void show(Parcel next, int end, long emittedBefore) {
            parcel = next;
            before = emittedBefore;
            from = 0;
            to = end;
            read = 0;
        }

        /** Goes on behind the message that was read last. */
        void leaveOut() {
            from = Math.max(read, from + 1);
        }

        private Parcel parcel() {
            return Objects.requireNonNull(parcel);
        }

        @Override
        public int size() {
            return to - from;
        }

        @Override
        public ByteBuffer payload(int index) {
            read = from + index + 1;
            view = parcel().payload(from + index, view);
            return view;
        }

        @Override
        public Map<String, @Nullable Object> metadata(int index) {
            return parcel().metadata(from + index);
        }

        @Override
        public @Nullable Position position(int index) {
            long sequence = parcel().sequence(from + index);
            return sequence == 0
                    ? null
                    : new Position(PARTITION, life + sequence + ":" + (before + parcel().receipts(from + index)));
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    public void pause() throws InterruptedException {
        if (ended) {
            return;
        }
        output.flush();
        long count = emitted - committed;
        if (count >= MANY_UNACKNOWLEDGED) {
            commitRequested.set(true);
            output.requestCommit();
        } else if (count > 0 && commitRequested.compareAndSet(false, true)) {
            loop.schedule(this::requestCommit, COMMIT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void requestCommit() {
        commitRequested.set(false);
        if (emitted > committed && !ended) {
            output.requestCommit();
        }
    }

    /** The messages up to the position are safe. Any thread. */
    void committed(Position position) {
        commitRequested.set(false);
        String offset = position.offset();
        if (offset.startsWith(life) && !loop.isShuttingDown()) {
            int colon = offset.indexOf(':', life.length());
            committed = Long.parseLong(offset, colon + 1, offset.length(), 10);
            settle(Long.parseLong(offset, life.length(), colon, 10));
        }
    }

    private void settle(long sequence) {
        loop.execute(() -> {
            safe = Math.max(safe, sequence);
            subscriber.acknowledge();
        });
    }

    /** Tells whether a message is safe; on the event loop. */
    boolean hasSafe(long sequence) {
        return sequence <= safe;
    }

    /** Lets go of messages that nobody will commit any more; on the event loop. */
    void abandon() {
        safe = Long.MAX_VALUE;
    }

    /** Returns when nothing is emitted any more. */
    void closeInbox() throws InterruptedException {
        inbox.close();
    }
}
