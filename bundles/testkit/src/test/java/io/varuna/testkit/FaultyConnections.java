package io.varuna.testkit;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginType;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that keeps to its contract, and ones that break it in one way each. */
final class FaultyConnections {
    private FaultyConnections() {}

    /** What a connection does wrong. */
    enum Fault {
        NONE,
        ALWAYS_WELL,
        CLOSES_ALL,
        STUMBLES_WHEN_CLOSED_TWICE,
        WORKS_WHEN_CLOSED
    }

    /** The other end. */
    static final class Server {
        volatile boolean away;
        final AtomicInteger closed = new AtomicInteger();
    }

    @PluginType("line")
    record LineFactory(Server server, Fault fault) implements ConnectionFactory<FaultySinks.Config, Line> {
        @Override
        public Line open(FaultySinks.Config config) {
            return new Line(server, fault);
        }

        @Override
        public void check(Line line) throws IOException {
            if (fault != Fault.ALWAYS_WELL) {
                line.use();
            }
        }
    }

    static final class Line implements AutoCloseable {
        private final Server server;
        private final Fault fault;
        private final int closedBefore;
        private volatile boolean closed;

        Line(Server server, Fault fault) {
            this.server = server;
            this.fault = fault;
            this.closedBefore = server.closed.get();
        }

        void use() throws IOException {
            boolean gone = fault == Fault.CLOSES_ALL && server.closed.get() > closedBefore;
            if (server.away || gone || (closed && fault != Fault.WORKS_WHEN_CLOSED)) {
                throw new IOException("Nobody is there");
            }
        }

        @Override
        public void close() {
            if (closed && fault == Fault.STUMBLES_WHEN_CLOSED_TWICE) {
                throw new IllegalStateException("closed");
            }
            closed = true;
            server.closed.incrementAndGet();
        }
    }
}
