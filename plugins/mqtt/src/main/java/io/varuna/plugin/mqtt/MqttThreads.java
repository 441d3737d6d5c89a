package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of all connections: one that talks to the network and never waits, and some that run the rules, which may.
 * They are there only while somebody uses them.
 */
final class MqttThreads {
    /** As many streams may wait for a slow rule before they slow down each other. */
    private static final int MOST_WORKERS = 64;

    private @Nullable Lease shared;
    private int users;

    /** Returns the threads; {@link #release} gives them back. */
    synchronized Lease acquire() {
        Lease lease = shared;
        if (lease == null) {
            lease = new Lease(
                    new MultiThreadIoEventLoopGroup(
                            1, new DefaultThreadFactory("varuna-mqtt-io", true), NioIoHandler.newFactory()),
                    new ThreadPoolExecutor(
                            0,
                            MOST_WORKERS,
                            10,
                            TimeUnit.SECONDS,
                            new SynchronousQueue<>(),
                            new DefaultThreadFactory("varuna-mqtt", true)),
                    new Farewells());
            shared = lease;
        }
        users++;
        return lease;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the end of the threads is nothing to wait for
    synchronized void release() {
        Lease lease = shared;
        users--;
        if (users == 0 && lease != null) {
            shared = null;
            lease.network.shutdownGracefully(0, 5, TimeUnit.SECONDS);
            lease.workers.shutdown();
        }
    }

    /** What a user of the threads works with. */
    record Lease(MultiThreadIoEventLoopGroup network, ExecutorService workers, Farewells farewells) {
        EventLoop eventLoop() {
            return network.next();
        }
    }
}
