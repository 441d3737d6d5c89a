package io.varuna.plugin.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a broker, made again whenever it breaks, after a pause that grows and varies. Everything happens on
 * its event loop, so nothing here is locked.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what cannot be written ends the connection, which the conversation reports
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** Time for the broker to read what we have said last, and to close the connection. */
    private static final int LONGEST_FAREWELL_MILLIS = 5_000;

    private static final int FIRST_PAUSE_MILLIS = 250;
    private static final int LONGEST_PAUSE_MILLIS = 20_000;

    /** A connection that has lasted so long was a good one: after it, pauses are short again. */
    private static final int PROVEN_MILLIS = 10_000;

    /**
     * On the heap, because decoders read arrays. Small chunks: there are few connections, and what is not sent on at once
     * is bounded by the inboxes.
     */
    private static final PooledByteBufAllocator BUFFERS =
            new PooledByteBufAllocator(false, 1, 1, 8192, 5, 0, 0, false, 0);

    /** Whom the link works for. Called on the event loop. */
    interface Listener {
        void connecting();

        void connected(Greeting greeting);

        /** Takes over the message, which may have to be released. */
        void received(MqttMessage message);

        /** There is a message, which is shown during the call. */
        void published(PublishReader message);

        /** Everything that was at hand has been {@linkplain #received}. */
        void readComplete();

        /** The broker takes more again. */
        void writable();

        /** The connection is lost, or could not be made; another attempt follows. */
        void disconnected(String reason);
    }

    private final ClientOptions options;
    private final String clientId;
    private final MqttThreads.Lease threads;
    private final EventLoop loop;
    private final Listener listener;
    private final Random random = new Random();

    private @Nullable Channel channel;
    private @Nullable Future<?> timer;
    private boolean connected;
    private boolean connecting;
    private boolean reading = true;
    private boolean closed;
    private boolean complained;
    private int attempts;

    Link(ClientOptions options, String clientId, MqttThreads.Lease threads, EventLoop loop, Listener listener) {
        this.options = options;
        this.clientId = clientId;
        this.threads = threads;
        this.loop = loop;
        this.listener = listener;
    }

    boolean isConnected() {
        return connected;
    }

    /** Tells whether an attempt to connect is going on, whose end the listener will hear of. */
    boolean isConnecting() {
        return connecting;
    }

    boolean isWritable() {
        return channel != null && channel.isWritable();
    }

    /** Starts to connect. */
    void open() {
        if (closed) {
            return;
        }
        connecting = true;
        listener.connecting();
        threads.farewells().afterThatOf(client(), this::begin);
    }

    private void begin() {
        if (closed) {
            return;
        }
        try {
            threads.workers().execute(this::resolve);
        } catch (RejectedExecutionException e) {
            lost("all threads are busy");
        }
    }

    /** Returns what the broker tells clients apart by. */
    private String client() {
        return clientId + "@" + options.address();
    }

    /** Cuts a pause between two attempts short, because somebody needs the connection. */
    void hurry() {
        if (!connected && !connecting) {
            cancelTimer();
            open();
        }
    }

    /** Asks the name service, which may take its time, off the event loop. */
    private void resolve() {
        try {
            InetAddress host = InetAddress.getByName(options.address().host());
            loop.execute(
                    () -> connect(new InetSocketAddress(host, options.address().port())));
        } catch (UnknownHostException e) {
            loop.execute(() -> lost("the host name '" + options.address().host() + "' is not known"));
        }
    }

    private void connect(InetSocketAddress address) {
        if (closed) {
            return;
        }
        Conversation conversation = new Conversation(this, options, clientId);
        ChannelFuture attempt = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOCATOR, BUFFERS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1024, 8192, 65_536))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        initialize(socket, conversation);
                    }
                })
                .connect(address);
        channel = attempt.channel();
        attempt.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                channel = null;
                lost(done.cause() == null ? "cancelled" : Conversation.words(done.cause()));
            }
        });
    }

    private void initialize(SocketChannel socket, Conversation conversation) {
        SslContext tls = options.tls();
        if (tls != null) {
            BrokerAddress address = options.address();
            socket.pipeline().addLast(tls.newHandler(socket.alloc(), address.host(), address.port()));
        }
        socket.pipeline()
                .addLast(new PublishReader(conversation, options.isVersion5(), options.maximumPacketSize()))
                .addLast(new MqttDecoder(options.maximumPacketSize()))
                .addLast(MqttEncoder.INSTANCE)
                .addLast(conversation);
    }

    /** The broker has welcomed us. */
    void welcomed(Greeting greeting) {
        connecting = false;
        connected = true;
        if (complained) {
            LOG.info("MQTT broker '{}' is there again", options.address());
            complained = false;
        }
        timer = loop.schedule(() -> attempts = 0, PROVEN_MILLIS, TimeUnit.MILLISECONDS);
        listener.connected(greeting);
        if (!reading) {
            setReading(false);
        }
    }

    void received(MqttMessage message) {
        if (closed) {
            ReferenceCountUtil.release(message);
        } else {
            listener.received(message);
        }
    }

    void published(PublishReader message) {
        if (!closed) {
            listener.published(message);
        }
    }

    void readComplete() {
        if (!closed) {
            listener.readComplete();
        }
    }

    void writabilityChanged() {
        if (connected && isWritable()) {
            listener.writable();
        }
    }

    /** The connection is gone, or was never made. */
    void lost(String reason) {
        if (closed) {
            cancelTimer();
            return;
        }
        cancelTimer();
        channel = null;
        connected = false;
        connecting = false;
        if (!complained) {
            LOG.warn("MQTT broker '{}' cannot be reached: {}. Trying again until it can", options.address(), reason);
            complained = true;
        }
        int longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 10));
        attempts++;
        timer = loop.schedule(this::open, longest / 2 + random.nextInt(longest / 2 + 1), TimeUnit.MILLISECONDS);
        listener.disconnected("broker '" + options.address() + "': " + reason);
    }

    /** Stops or goes on reading what the broker sends; kept for the connections to come. */
    void setReading(boolean reading) {
        this.reading = reading;
        if (channel != null && connected) {
            channel.config().setAutoRead(reading);
        }
    }

    boolean isReading() {
        return reading;
    }

    /** Writes to the connection, which must be there; {@link #flush} sends it. */
    void write(Object message) {
        Channel current = current();
        current.write(message, current.voidPromise());
    }

    void write(Object message, ChannelFutureListener whenWritten) {
        current().write(message).addListener(whenWritten);
    }

    private Channel current() {
        Channel current = channel;
        if (current == null) {
            throw new IllegalStateException("There is no connection");
        }
        return current;
    }

    void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    PooledByteBufAllocator buffers() {
        return BUFFERS;
    }

    /** Takes leave of the broker and does not come back; completes {@code done} when the connection is closed. */
    void close(boolean endSession, CompletableFuture<@Nullable Void> done) {
        Channel last = channel;
        channel = null;
        closed = true;
        cancelTimer();
        if (last == null) {
            done.complete(null);
            return;
        }
        threads.farewells().begin(client(), done);
        last.closeFuture().addListener(closing -> done.complete(null));
        if (connected) {
            last.config().setAutoRead(true);
            last.writeAndFlush(Packets.disconnect(options, endSession));
            // the broker closes the connection when it has read all of this; some forget the last
            // acknowledgements if we do
            timer = loop.schedule(() -> last.close(), LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            last.close();
        }
        connected = false;
        connecting = false;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
