package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a connection promises whose other end can be away for a while: it says so, and mends itself. */
public abstract class FallibleConnectionContract<T extends AutoCloseable> extends ConnectionContract<T> {
    private static final long BETWEEN_ATTEMPTS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Takes the other end away. */
    protected abstract void interrupt() throws Exception;

    /** Brings the other end back. */
    protected abstract void restore() throws Exception;

    @Test
    void saysThatTheOtherEndIsAway() throws Exception {
        try (T connection = connect()) {
            use(connection);
            interrupt();
            try {
                Exception failure = catchException(() -> factory().check(connection));
                assertThat(failure)
                        .as("what check() says while the other end is away")
                        .isNotNull();
                assertThat(factory().isTransient(failure))
                        .as("whether trying again may help after: %s", failure)
                        .isTrue();
            } finally {
                restore();
            }
        }
    }

    @Test
    void mendsItself() throws Exception {
        try (T connection = connect()) {
            use(connection);
            interrupt();
            try {
                assertThat(catchException(() -> use(connection)))
                        .as("use while the other end is away")
                        .isNotNull();
            } finally {
                restore();
            }
            Exception failure = failureUntilItWorks(connection);
            assertThat(failure).as("use after the other end was back").isNull();
        }
    }

    /** Connections that open by themselves, such as an MQTT client's, take a moment. */
    private @Nullable Exception failureUntilItWorks(T connection) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Exception failure = catchException(() -> use(connection));
        while (failure != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS);
            failure = catchException(() -> use(connection));
        }
        return failure;
    }
}
