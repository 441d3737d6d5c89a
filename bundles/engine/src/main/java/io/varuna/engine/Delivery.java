package io.varuna.engine;

import io.varuna.engine.data.PendingResults;
import io.varuna.engine.data.Results;
import io.varuna.engine.sink.SinkRunner;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands to its sinks what a rule puts out, and shows it to those who look on. Under the lock of the rule, except where said. */
final class Delivery {
    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);

    private final String ruleId;
    private final PendingResults results;
    private final LateRecords late;
    private final List<SinkRunner> ofResults;
    private final List<SinkRunner> ofLateRecords;
    private final Tails tails = new Tails();
    private boolean interrupted;
    private volatile boolean aborted;

    /**
     * Creates it.
     *
     * @param sinks first those for results, then those for late records
     * @param actions how many are for results
     */
    Delivery(String ruleId, PendingResults results, LateRecords late, List<SinkRunner> sinks, int actions) {
        this.ruleId = ruleId;
        this.results = results;
        this.late = late;
        this.ofResults = sinks.subList(0, actions);
        this.ofLateRecords = sinks.subList(actions, sinks.size());
    }

    /**
     * Hands over what has come out; waits while sinks have too much.
     *
     * @param more whether others follow soon
     * @throws InterruptedException if the thread is, for another reason than the end of the rule
     */
    void deliver(boolean more) throws InterruptedException {
        Results tooLate = late.take();
        if (results.isEmpty() && tooLate.isEmpty()) {
            return;
        }
        Results delivered = results.take();
        try {
            accept(delivered, ofResults, more);
            accept(tooLate, ofLateRecords, more);
        } catch (InterruptedException e) {
            // some sinks lack these results, so no later checkpoint may count them
            interrupted = true;
            if (!ends()) {
                throw e;
            }
            LOGGER.debug("Rule '{}' ended before its sinks had taken all", ruleId, e);
        }
        tails.show(delivered);
    }

    /** Tells whether the rule is at its end, or about to be told so by a sink that cannot be used. */
    private boolean ends() {
        return aborted
                || ofResults.stream().anyMatch(SinkRunner::isAborted)
                || ofLateRecords.stream().anyMatch(SinkRunner::isAborted);
    }

    /** Throws away what has come out, as nobody waited for it. */
    void discard() {
        Results tooLate = late.take();
        if (!results.isEmpty() || !tooLate.isEmpty()) {
            results.take();
            interrupted = true;
        }
    }

    private static void accept(Results results, List<SinkRunner> takers, boolean more) throws InterruptedException {
        if (!results.isEmpty()) {
            for (SinkRunner sink : takers) {
                sink.accept(results, more);
            }
        }
    }

    /** Tells whether some sinks lack results that others may have. */
    boolean isInterrupted() {
        return interrupted;
    }

    /** Learns that the sinks take no more. From any thread. */
    void abort() {
        aborted = true;
    }

    /** Returns how many records have come too late. From any thread. */
    long lateRecords() {
        return late.total();
    }

    /** Shows every result from now on. From any thread. */
    AutoCloseable tail(Consumer<String> tail) {
        return tails.add(tail);
    }

    /** Shows nothing any more. From any thread. */
    void close() {
        tails.clear();
    }
}
