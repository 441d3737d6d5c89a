package io.varuna.shell;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Prints results as they come. A terminal that is too slow loses the oldest; the rule waits for nobody. */
final class LiveOutput {
    private static final int QUEUE_LENGTH = 1024;

    /** Results, and an empty one for the end. */
    private final BlockingQueue<Optional<String>> waiting = new ArrayBlockingQueue<>(QUEUE_LENGTH);

    private final AtomicLong dropped = new AtomicLong();

    private LiveOutput() {}

    /** What puts out results, and may end. */
    @FunctionalInterface
    interface Feed {
        /** Begins; returns what ends it. {@code ended} is called if it ends by itself. */
        AutoCloseable begin(Consumer<String> listener, Runnable ended);
    }

    /** Returns the number of results that an option asks for; 0, for no end, if it was not given. */
    static long count(@Nullable String option) throws CommandException {
        if (option == null) {
            return 0;
        }
        // read here, because the shell does not make a number of every way to type one
        if (!option.matches("[1-9][0-9]{0,17}")) {
            throw new CommandException("-n takes a number of results, such as 10, but not '" + option + "'.");
        }
        return Long.parseLong(option);
    }

    /**
     * Prints results until Ctrl-C, which interrupts the thread, or until enough have come.
     *
     * @param subscription gets a listener and returns what ends the subscription
     * @param count how many results are enough; 0 for no end
     */
    static void print(PrintStream out, Function<Consumer<String>, AutoCloseable> subscription, long count)
            throws Exception {
        printToEnd(out, (listener, ended) -> subscription.apply(listener), count);
    }

    /** The same for what may end before. */
    static void printToEnd(PrintStream out, Feed feed, long count) throws Exception {
        LiveOutput output = new LiveOutput();
        try (AutoCloseable subscribed =
                feed.begin(result -> output.add(Optional.of(result)), () -> output.add(Optional.empty()))) {
            output.print(out, count);
        } catch (InterruptedException e) {
            out.println();
        }
    }

    private void print(PrintStream out, long count) throws InterruptedException {
        for (long printed = 0; count == 0 || printed < count; printed++) {
            Optional<String> result = waiting.take();
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                out.println("(" + lost + " results left out: they came faster than they could be shown)");
            }
            if (result.isEmpty()) {
                return;
            }
            out.println(result.get());
            out.flush();
        }
    }

    private void add(Optional<String> result) {
        while (!waiting.offer(result)) {
            if (waiting.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }
}
