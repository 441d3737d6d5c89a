package io.varuna.plugin.mqtt;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sources and sinks of one broker share: a client that reads and one that writes, each made when first needed. Where
 * two streams subscribe to overlapping topics, the second gets a client of its own, because brokers differ in whether one
 * client then gets a message once or twice. Thread-safe.
 */
final class MqttConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

    /** A client gives up waiting for its broker before. */
    private static final long LONGEST_FAREWELL_SECONDS = 10;

    private final ClientOptions options;
    private final MqttThreads owner;
    private final MqttThreads.Lease threads;
    private final List<Reader> readers = new ArrayList<>();
    private final List<CompletableFuture<?>> farewells = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private @Nullable Publisher publisher;
    private boolean closed;

    MqttConnection(ClientOptions options, MqttThreads threads) {
        this.options = options;
        this.owner = threads;
        this.threads = threads.acquire();
    }

    private record Reader(int number, Subscriber client) {}

    /** A subscription that can be ended. */
    interface Handle {
        Subscription subscription();

        /** Returns when nothing is emitted any more, and a client that has a session and is not needed any more is gone. */
        void close() throws InterruptedException;
    }

    synchronized Handle subscribe(Subscription.Request request) throws InterruptedException {
        for (Reader reader : readers) {
            Subscription subscription = reader.client().subscribe(request);
            if (subscription != null) {
                return handle(reader, subscription);
            }
        }
        if (options.isLasting() && !readers.isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "Topics " + request.filters() + " overlap those of another stream with client id '"
                            + options.clientId()
                            + "' and enableClientSession. Give this stream a 'clientid' of its own");
        }
        int number = numbers.nextClearBit(0);
        Reader reader = new Reader(number, new Subscriber(options, options.clientId(number), threads));
        Subscription subscription = reader.client().subscribe(request);
        if (subscription == null) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY, "Topics " + request.filters() + " overlap each other");
        }
        numbers.set(number);
        readers.add(reader);
        return handle(reader, subscription);
    }

    private Handle handle(Reader reader, Subscription subscription) {
        return new Handle() {
            @Override
            public Subscription subscription() {
                return subscription;
            }

            @Override
            public void close() throws InterruptedException {
                reader.client().unsubscribe(subscription);
                CompletableFuture<?> farewell = closeIfIdle(reader);
                if (options.isLasting()) {
                    // another version of this plugin may come next with the session, and it does not know of this
                    // client
                    await(farewell);
                }
            }
        };
    }

    private static void await(CompletableFuture<?> farewell) throws InterruptedException {
        try {
            farewell.get(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("A client does not get away from its broker", e);
        }
    }

    /** Lets the client of a reader go if nobody needs it; the result completes when it is gone, or at once. */
    private synchronized CompletableFuture<?> closeIfIdle(Reader reader) throws InterruptedException {
        // not by equals(): Java 17 keeps the class of the record that was compared for the first time last, anywhere,
        // and
        // with it the class loader; this may be the last thing that a plugin does
        if (!closed && reader.client().isIdle() && readers.removeIf(known -> known.number() == reader.number())) {
            numbers.clear(reader.number());
            CompletableFuture<?> farewell = reader.client().close();
            farewells.removeIf(CompletableFuture::isDone);
            farewells.add(farewell);
            return farewell;
        }
        return CompletableFuture.completedFuture(null);
    }

    synchronized Publisher publisher() {
        Publisher current = publisher;
        if (current == null) {
            // the exact client id of a session is for the client that reads
            int number = numbers.nextClearBit(options.session() ? 1 : 0);
            numbers.set(number);
            current = new Publisher(options, options.clientId(number), threads);
            publisher = current;
        }
        return current;
    }

    /** Throws if the broker cannot be reached. */
    void check() throws IOException, InterruptedException {
        List<Reader> current;
        synchronized (this) {
            current = List.copyOf(readers);
        }
        if (current.isEmpty()) {
            publisher().check();
            return;
        }
        for (Reader reader : current) {
            String problem = reader.client().problem();
            if (problem != null) {
                throw new IOException(problem);
            }
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the threads may end later
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        readers.forEach(reader -> farewells.add(reader.client().close()));
        if (publisher != null) {
            farewells.add(publisher.close());
        }
        CompletableFuture.allOf(farewells.toArray(CompletableFuture[]::new)).thenRun(owner::release);
    }
}
