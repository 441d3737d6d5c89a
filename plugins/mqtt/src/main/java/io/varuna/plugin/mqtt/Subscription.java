package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.plugin.PluginContext;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one source gets from a broker. Fields are the event loop's, but for the thread-safe ones. */
final class Subscription implements Inbox.Reader {
    private static final String PARTITION = "session";

    /**
     * Many brokers send no more than twenty messages before the first is acknowledged, some only ten; so from here on the
     * broker may be waiting for us.
     */
    private static final int MANY_UNACKNOWLEDGED = 8;

    private static final long COMMIT_DELAY_MILLIS = 50;
    private static final int HAND_OVER = 512;

    private final Group group;
    private final byte @Nullable [] endOfStream;
    private final SourceOutput output;
    private final PluginContext context;
    private final Subscriber subscriber;
    private final EventLoop loop;
    private final Inbox inbox;

    /** Tells our positions from those of an earlier life, which mean nothing any more. */
    private final String life = UUID.randomUUID().toString().substring(0, 8) + ":";

    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicBoolean commitRequested = new AtomicBoolean();
    private volatile boolean ended;

    private final ArrayDeque<Receipt> outstanding = new ArrayDeque<>();
    private List<Inbound> arrived = new ArrayList<>();

    /** Shows the payload that is read; the worker's. */
    private ByteBuffer view = ByteBuffer.allocate(0);

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

    /** Takes a message from the broker; it is handed on with others by {@link #handOver}. */
    void arrive(Inbound message) {
        Receipt receipt = message.receipt();
        if (receipt != null) {
            outstanding.add(receipt);
        }
        arrived.add(message);
        if (arrived.size() >= HAND_OVER) {
            handOver();
        }
    }

    boolean hasArrived() {
        return !arrived.isEmpty();
    }

    void handOver() {
        List<Inbound> messages = arrived;
        arrived = new ArrayList<>();
        inbox.add(messages);
    }

    @Override
    public void read(Inbound message) throws InterruptedException {
        Receipt receipt = message.receipt();
        if (receipt != null) {
            unacknowledged.incrementAndGet();
        }
        if (!ended && isEnd(message)) {
            ended = true;
            output.end();
        }
        if (ended) {
            // nobody will ask for it any more
            if (receipt != null) {
                settle(receipt.sequence);
            }
            return;
        }
        view = message.payload(view);
        output.emit(
                view, message.metadata(), receipt == null ? null : new Position(PARTITION, life + receipt.sequence));
    }

    private boolean isEnd(Inbound message) {
        return endOfStream != null && message.hasPayload(endOfStream);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    public void pause() throws InterruptedException {
        if (ended) {
            return;
        }
        output.flush();
        int count = unacknowledged.get();
        if (count >= MANY_UNACKNOWLEDGED) {
            commitRequested.set(true);
            output.requestCommit();
        } else if (count > 0 && commitRequested.compareAndSet(false, true)) {
            loop.schedule(this::requestCommit, COMMIT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void requestCommit() {
        commitRequested.set(false);
        if (unacknowledged.get() > 0 && !ended) {
            output.requestCommit();
        }
    }

    /** The messages up to the position are safe. Any thread. */
    void committed(Position position) {
        commitRequested.set(false);
        if (position.offset().startsWith(life) && !loop.isShuttingDown()) {
            settle(Long.parseLong(
                    position.offset(), life.length(), position.offset().length(), 10));
        }
    }

    private void settle(long sequence) {
        loop.execute(() -> {
            while (!outstanding.isEmpty() && outstanding.element().sequence <= sequence) {
                outstanding.remove().settle();
                unacknowledged.decrementAndGet();
            }
            subscriber.acknowledge();
        });
    }

    /** Lets go of messages that nobody will commit any more. */
    void abandon() {
        outstanding.forEach(Receipt::settle);
        outstanding.clear();
        arrived.clear();
    }

    /** Returns when nothing is emitted any more. */
    void closeInbox() throws InterruptedException {
        inbox.close();
    }
}
