package io.varuna.testkit;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a sink promises whose target can refuse rows, and can be away for a while. */
public abstract class FallibleSinkContract extends SinkContract {
    /** Returns a row of {@link #SCHEMA} that the target refuses once it has a row with id 1, such as another one with that id. */
    protected abstract @Nullable Object[] refusedRow();

    /** Takes the target away. */
    protected abstract void interrupt() throws Exception;

    /** Brings the target back, with what it had. */
    protected abstract void restore() throws Exception;

    @Test
    void refusedRowIsNamedOrItsBatchLeavesNoTrace() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"));
            Exception failure =
                    catchException(() -> write(sink, SCHEMA, values(2L, "bob"), refusedRow(), values(3L, "cid")));
            assertThat(failure).as("writing a row that the target refuses").isNotNull();
            assertThat(factory().isTransient(failure))
                    .as("whether trying again may help after: %s", failure)
                    .isFalse();
            makeDurable(sink);
            if (failure instanceof RejectedRowsException rejected) {
                assertThat(rejected.causes()).containsOnlyKeys(1);
                assertWritten(SCHEMA, values(1L, "ann"), values(2L, "bob"), values(3L, "cid"));
            } else {
                assertWritten(SCHEMA, values(1L, "ann"));
            }
        }
    }

    @Test
    void worksOnAfterARefusedRow() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"));
            assertThat(catchException(() -> write(sink, SCHEMA, refusedRow()))).isNotNull();
            write(sink, SCHEMA, values(4L, "dan"));
            makeDurable(sink);
            assertWritten(SCHEMA, values(1L, "ann"), values(4L, "dan"));
        }
    }

    @Test
    void sameBatchComesThroughWhenTheTargetIsBack() throws Exception {
        create(SCHEMA);
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(1L, "ann"));
            makeDurable(sink);
            interrupt();
            try {
                Exception failure = catchException(() -> {
                    write(sink, SCHEMA, values(2L, "bob"), values(3L, "cid"));
                    makeDurable(sink);
                });
                assertThat(failure).as("writing while the target is away").isNotNull();
                assertThat(factory().isTransient(failure))
                        .as("whether trying again may help after: %s", failure)
                        .isTrue();
            } finally {
                restore();
            }
            write(sink, SCHEMA, values(2L, "bob"), values(3L, "cid"));
            makeDurable(sink);
            assertWritten(SCHEMA, values(1L, "ann"), values(2L, "bob"), values(3L, "cid"));
        }
    }
}
