package io.varuna.testkit;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.sink.Sink;
import io.varuna.api.sink.TransactionalSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a sink promises that takes part in exactly-once delivery: {@link #written} shows what was committed, and a crash at any
 * moment neither loses nor doubles anything.
 */
public abstract class TransactionalSinkContract extends SinkContract {
    /** Ends an instance as a crash does: without a last word, but with its connections broken. By default it is closed. */
    protected void crash(TransactionalSink sink) throws Exception {
        sink.close();
    }

    @Test
    void nothingIsSeenBeforeItIsCommitted() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                TransactionalSink sink = openTransactional(context, 0)) {
            write(sink, SCHEMA, values(1L, "ann"));
            assertWritten(SCHEMA);
            sink.prepare(1);
            assertWritten(SCHEMA);
            sink.commit(1);
            assertWritten(SCHEMA, values(1L, "ann"));
        }
    }

    @Test
    void whatIsWrittenAfterPrepareBelongsToTheNext() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                TransactionalSink sink = openTransactional(context, 0)) {
            write(sink, SCHEMA, values(1L, "ann"));
            sink.prepare(1);
            write(sink, SCHEMA, values(2L, "bob"));
            sink.commit(1);
            assertWritten(SCHEMA, values(1L, "ann"));
            sink.prepare(2);
            sink.commit(2);
            assertWritten(SCHEMA, values(1L, "ann"), values(2L, "bob"));
        }
    }

    @Test
    void commitOfTheSameAgainIsHarmless() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA)) {
            try (TransactionalSink sink = openTransactional(context, 0)) {
                write(sink, SCHEMA, values(1L, "ann"));
                sink.prepare(1);
                sink.commit(1);
                sink.commit(1);
            }
            try (TransactionalSink sink = openTransactional(context, 1)) {
                sink.commit(1);
                assertWritten(SCHEMA, values(1L, "ann"));
            }
        }
    }

    @Test
    void emptyTransactionsAreHarmless() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                TransactionalSink sink = openTransactional(context, 0)) {
            sink.prepare(1);
            sink.commit(1);
            write(sink, SCHEMA, values(1L, "ann"));
            sink.prepare(2);
            sink.commit(2);
            sink.prepare(3);
            sink.commit(3);
            assertWritten(SCHEMA, values(1L, "ann"));
        }
    }

    @Test
    void closeCommitsNothing() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA)) {
            try (TransactionalSink sink = openTransactional(context, 0)) {
                write(sink, SCHEMA, values(1L, "ann"));
            }
            assertWritten(SCHEMA);
        }
    }

    /** A crash before, within and after each of three checkpoints, with what the engine sends again afterwards. */
    @TestFactory
    Stream<DynamicTest> crashNeitherLosesNorDoubles() {
        return Stream.of(Moment.values())
                .map(moment -> DynamicTest.dynamicTest(moment.name(), () -> {
                    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                        crashAt(moment, checkpoint);
                    }
                }));
    }

    /** When the crash comes, and whether the checkpoint counts as completed by then. */
    private enum Moment {
        AFTER_WRITE(false),
        AFTER_PREPARE(false),
        AFTER_COMPLETION(true),
        AFTER_COMMIT(true),
        WITH_MORE_WRITTEN_AFTER_PREPARE(true);

        private final boolean completed;

        Moment(boolean completed) {
            this.completed = completed;
        }
    }

    private void crashAt(Moment moment, int crashing) throws Exception {
        create(SCHEMA);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            rows.add(values((long) i, "name " + i));
        }
        long completed = 0;
        try (TestContext context = context(SCHEMA)) {
            TransactionalSink sink = openTransactional(context, completed);
            for (int checkpoint = 1; checkpoint <= rows.size(); checkpoint++) {
                boolean crash = checkpoint == crashing;
                if (crash) {
                    completed = run(sink, moment, checkpoint, rows);
                    crash(sink);
                    sink = openTransactional(context, completed);
                    assertWritten(SCHEMA, rows.subList(0, (int) completed));
                }
                if (!crash || completed < checkpoint) {
                    write(sink, SCHEMA, List.<@Nullable Object[]>of(rows.get(checkpoint - 1)), true);
                    // after a crash the engine counts on from the last that completed
                    sink.prepare(checkpoint);
                    completed = checkpoint;
                    sink.commit(checkpoint);
                }
                assertWritten(SCHEMA, rows.subList(0, checkpoint));
            }
            sink.close();
        }
    }

    /** Does the steps of a checkpoint up to a moment; returns the last that completed. */
    private long run(TransactionalSink sink, Moment moment, int checkpoint, List<@Nullable Object[]> rows)
            throws Exception {
        write(sink, SCHEMA, List.<@Nullable Object[]>of(rows.get(checkpoint - 1)), true);
        if (moment != Moment.AFTER_WRITE) {
            sink.prepare(checkpoint);
        }
        if (moment == Moment.WITH_MORE_WRITTEN_AFTER_PREPARE) {
            write(sink, SCHEMA, List.<@Nullable Object[]>of(rows.get(checkpoint)), true);
        }
        if (moment == Moment.AFTER_COMMIT) {
            sink.commit(checkpoint);
        }
        return moment.completed ? checkpoint : checkpoint - 1L;
    }

    /** Opens the sink and lets it recover, as the engine does after a start. */
    private TransactionalSink openTransactional(TestContext context, long lastCompleted) throws Exception {
        Sink sink = open(context);
        assertThat(sink).isInstanceOf(TransactionalSink.class);
        TransactionalSink transactional = (TransactionalSink) sink;
        transactional.recover(lastCompleted);
        return transactional;
    }
}
