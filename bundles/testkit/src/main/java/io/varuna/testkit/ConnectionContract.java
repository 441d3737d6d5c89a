package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.varuna.api.connection.ConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every connection promises: many may use it at the same time, it says whether the other end is there, and closing it
 * leaves nothing behind. Subclass it and inherit the tests. One whose other end can be away takes {@link
 * FallibleConnectionContract}.
 *
 * @param <T> what is lent out
 */
public abstract class ConnectionContract<T extends AutoCloseable> extends PluginContract {
    /** How long a test waits for what must happen. */
    static final long PATIENCE_SECONDS = 30;

    private static final int USERS = 4;
    private static final int TIMES = 25;

    @Override
    protected abstract ConnectionFactory<?, T> factory();

    /** Returns the properties that describe it. */
    protected abstract Map<String, Object> properties();

    /** Does with a connection what a source or a sink would; throws if it does not work. Called by several threads at a time. */
    protected abstract void use(T connection) throws Exception;

    @Test
    void isFitForUseAndSaysSo() throws Exception {
        try (T connection = connect()) {
            use(connection);
            check(factory(), connection);
        }
    }

    @Test
    void manyUseItAtTheSameTime() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        CyclicBarrier start = new CyclicBarrier(USERS);
        try (T connection = connect()) {
            List<Future<Integer>> ends = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                ends.add(users.submit(repeatedly(connection, start)));
            }
            for (Future<Integer> end : ends) {
                assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(TIMES);
            }
        } finally {
            users.shutdownNow();
        }
    }

    private Callable<Integer> repeatedly(T connection, CyclicBarrier start) {
        return () -> {
            start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            int done = 0;
            while (done < TIMES) {
                use(connection);
                done++;
            }
            return done;
        };
    }

    @Test
    void closingOneLeavesAnotherOpen() throws Exception {
        try (T other = connect()) {
            T closed = connect();
            use(closed);
            use(other);
            closed.close();
            use(other);
            check(factory(), other);
        }
    }

    @Test
    void opensAgainAfterItWasClosed() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (T connection = connect()) {
                use(connection);
            }
        }
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        T connection = connect();
        connection.close();
        assertThatCode(connection::close).doesNotThrowAnyException();
    }

    @Test
    void closedOneIsOfNoUse() throws Exception {
        T connection = connect();
        connection.close();
        assertThat(catchException(() -> use(connection)))
                .as("use of a closed connection")
                .isNotNull();
    }

    @Test
    void closingLeavesNoThreadBehind() throws Exception {
        Threads.assertNoneLeftBy(
                () -> {
                    try (T connection = connect()) {
                        use(connection);
                    }
                },
                this::mayOutlive);
    }

    @Test
    void closingLeavesNoClassesBehind() throws Exception {
        assumeFalse(mayKeepClasses(), "others may keep the classes");
        PluginCopy.assertCollected(factory(), null, (factory, none) -> {
            try (AutoCloseable connection = Configurations.connect(factory, properties())) {
                assertThat(connection).isNotNull();
            }
        });
    }

    /** Opens a connection as the engine does. */
    protected final T connect() throws Exception {
        return Configurations.connect(factory(), properties());
    }

    /** Asks a factory how one of its connections is. */
    static <T extends AutoCloseable> void check(ConnectionFactory<?, T> factory, T connection) throws Exception {
        factory.check(connection);
    }
}
