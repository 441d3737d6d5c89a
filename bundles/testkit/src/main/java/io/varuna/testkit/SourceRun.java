package io.varuna.testkit;

import io.varuna.api.source.PollingSource;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A source at work: driven as the engine drives it, whatever its kind, into a {@link RecordingOutput}. A polling source is
 * polled every few milliseconds, whatever its interval, so that tests are quick.
 */
public final class SourceRun implements AutoCloseable {
    private static final long MILLISECONDS_BETWEEN_POLLS = 5;

    private final Source source;
    private final TestContext context;
    private final RecordingOutput output;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final @Nullable Thread driver;
    private volatile @Nullable Exception failure;
    private boolean closed;

    private SourceRun(Source source, TestContext context, RecordingOutput output) throws Exception {
        this.source = source;
        this.context = context;
        this.output = output;
        if (source instanceof PushSource push) {
            driver = null;
            push.start(output);
        } else if (source instanceof PollingSource polling) {
            driver = drive(() -> poll(polling));
        } else if (source instanceof ReadingSource reading) {
            driver = drive(() -> reading.run(output));
        } else {
            throw new IllegalArgumentException(
                    source.getClass() + " must be a PushSource, a PollingSource or a ReadingSource");
        }
    }

    /** Opens a source with the context's properties and starts it. */
    public static SourceRun start(SourceFactory<?> factory, TestContext context) throws Exception {
        return start(factory, context, new RecordingOutput());
    }

    /** Opens a source with the context's properties and starts it into {@code output}. */
    public static SourceRun start(SourceFactory<?> factory, TestContext context, RecordingOutput output)
            throws Exception {
        Source source = open(factory, context);
        try {
            return new SourceRun(source, context, output);
        } catch (Exception e) {
            source.close();
            throw e;
        }
    }

    private static <C> Source open(SourceFactory<C> factory, TestContext context) throws Exception {
        return factory.open(Configurations.of(factory, context.properties()), context);
    }

    private Thread drive(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        output.end();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (Exception e) {
                        failure = e;
                        output.giveUp();
                    }
                },
                "source-run");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void poll(PollingSource polling) throws Exception {
        boolean more = true;
        while (more) {
            more = polling.poll(context.clock().instant(), output);
            output.flush();
            if (stop.await(MILLISECONDS_BETWEEN_POLLS, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException();
            }
        }
    }

    public Source source() {
        return source;
    }

    public RecordingOutput output() {
        return output;
    }

    /** Returns what {@code run} or {@code poll} threw, or null. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** Waits until {@code run} or the polling has come to an end. Returns false after {@code timeout}. */
    public boolean awaitReturn(Duration timeout) throws InterruptedException {
        if (driver == null) {
            return output.awaitEnd(timeout);
        }
        driver.join(timeout.toMillis());
        return !driver.isAlive();
    }

    /** Stops the source as the engine does, and closes it. A second call does nothing. */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        stop.countDown();
        output.stop();
        if (driver != null) {
            driver.interrupt();
            driver.join(10_000);
            if (driver.isAlive()) {
                throw new AssertionError("The source does not stop when its thread is interrupted");
            }
        }
        source.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
