package io.varuna.engine.sink;

import io.varuna.api.sink.RejectedRowsException;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.EngineTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results to a sink. Those that fail for good are taken apart, and the rows at fault are refused. One thread at a
 * time.
 */
final class SinkWriter {
    private final SinkRunner sink;
    private final boolean sendSingle;
    private final EngineTime time;
    private final StepMetrics metrics;
    private final SinkFailures failures;

    SinkWriter(SinkRunner sink, boolean sendSingle, EngineTime time, StepMetrics metrics, SinkFailures failures) {
        this.sink = sink;
        this.sendSingle = sendSingle;
        this.time = time;
        this.metrics = metrics;
        this.failures = failures;
    }

    /** A failure that will pass, with what is still to be written then. */
    static final class TransientFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Exception failure;
        private final transient Results left;

        TransientFailure(Exception failure, Results left) {
            super(failure);
            this.failure = failure;
            this.left = left;
        }

        Exception failure() {
            return failure;
        }

        Results left() {
            return left;
        }
    }

    void write(Results results) throws TransientFailure {
        try {
            sink.slot().write(results);
            metrics.out(results.size());
        } catch (RejectedRowsException e) {
            refuse(results.rows(), e);
        } catch (SinkSlot.GivenUpException e) {
            throw new TransientFailure(e, results);
        } catch (Exception e) {
            if (isTransient(e)) {
                throw new TransientFailure(e, results);
            }
            takeApart(results, e);
        }
    }

    private boolean isTransient(Exception cause) {
        try {
            return sink.slot().factory().isTransient(cause);
        } catch (RuntimeException | Error e) {
            // a plugin that is being uninstalled may lack its classes; if it comes back, the batch is written
            PluginFailure.asException(e);
            return true;
        }
    }

    private void refuse(List<OutputRow> rows, RejectedRowsException rejection) {
        metrics.out((long) rows.size() - rejection.causes().size());
        rejection.causes().forEach((index, cause) -> {
            if (index >= 0 && index < rows.size()) {
                refuse(rows.get(index), cause);
            } else {
                metrics.failed(cause, time.clock().millis());
            }
        });
    }

    private void refuse(OutputRow row, Exception cause) {
        metrics.failed(cause, time.clock().millis());
        failures.refused(sink, cause, row.toMap());
    }

    /** Finds the rows at fault. None of the batch counts as written, so its parts can be written one by one. */
    private void takeApart(Results results, Exception cause) throws TransientFailure {
        List<Results> parts = new ArrayList<>();
        if (results.results().size() > 1) {
            results.results().forEach(result -> parts.add(new Results(List.of(result))));
        } else if (sendSingle && results.size() > 1) {
            results.rows().forEach(row -> parts.add(new Results(List.of(List.of(row)))));
        } else {
            results.rows().forEach(row -> refuse(row, cause));
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            try {
                write(parts.get(i));
            } catch (TransientFailure e) {
                // only the parts that were not dealt with yet come again
                List<List<OutputRow>> left = new ArrayList<>(e.left().results());
                parts.subList(i + 1, parts.size()).forEach(part -> left.addAll(part.results()));
                throw new TransientFailure(e.failure(), new Results(left));
            }
        }
    }
}
