package io.varuna.engine.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression.InputColumn;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final PartitionLimit TWO = new PartitionLimit(2);

    private final GroupKeys keys =
            new GroupKeys(compiler().compile(List.of(new InputColumn(0, "k", DataType.VARCHAR))));
    private final AggregateCalls calls = new AggregateCalls(
            List.of(new AggregateCall(AggregateCall.COUNT_ROWS, List.of(), null, false, DataType.BIGINT, "n")),
            compiler());

    private static ExpressionCompiler compiler() {
        FunctionTable functions = new FunctionTable();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new ExpressionCompiler(
                new Surroundings("r1", Dialect.STANDARD, 0, clock, ZoneOffset.UTC, functions),
                new Bindings(functions, Map.of()));
    }

    /** Adds a row of a partition, and returns how many rows are in its frame. */
    private static @Nullable Object add(Frames frames, String partition, long time) throws Exception {
        @Nullable Object[] row = {partition, null};
        frames.add(new @Nullable Object[] {partition}, row, time).results(row, 1);
        return row[1];
    }

    private static void checkLimit(Frames frames) throws Exception {
        add(frames, "a", 1);
        add(frames, "b", 2);
        assertThatThrownBy(() -> add(frames, "c", 3))
                .hasMessageContaining("keeps the rows of 2 partitions at most")
                .hasMessageContaining("RANGE");
        assertThat(add(frames, "a", 4)).isEqualTo(2L);
    }

    @Test
    void partitionsThatAreNeverOverAreLimited() throws Exception {
        checkLimit(new LastRows(calls, 3, TWO));
        checkLimit(new Frames.Endless(keys, calls, TWO));
    }

    @Test
    void partitionsOfSomeTimeAreForgotten() throws Exception {
        Frames frames = new Frames.OfTime(keys, calls, 10);
        StateOutput empty = new StateOutput();
        frames.save(empty);
        for (int i = 0; i < 100; i++) {
            add(frames, "key" + i, i);
        }
        assertThat(add(frames, "key95", 99)).isEqualTo(2L);
        frames.pass(110);
        StateOutput left = new StateOutput();
        frames.save(left);
        assertThat(left.toBytes()).isEqualTo(empty.toBytes());
    }

    @Test
    void aFrameHoldsNoMoreThanItsRows() throws Exception {
        Frames rows = new LastRows(calls, 2, TWO);
        add(rows, "a", 1);
        assertThat(add(rows, "a", 2)).isEqualTo(2L);
        assertThat(add(rows, "a", 3)).isEqualTo(2L);
        Frames range = new Frames.OfTime(keys, calls, 10);
        add(range, "a", 1);
        assertThat(add(range, "a", 11)).isEqualTo(2L);
        assertThat(add(range, "a", 12)).isEqualTo(2L);
    }
}
