package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.JoinKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows of a window, which come as wide rows with the number of their input, and the last rows of tables. Without a
 * window each row of the only stream is joined for itself.
 */
public final class JoinStep extends Step {
    private final String shape;
    private final int width;
    private final int[] offsets;
    private final List<Join> joins;
    private final List<Table> tables;
    private final List<GatheredRows.@Nullable Input> gathered;
    private final boolean windowed;
    private final Step next;
    private final RowBatch joined = new RowBatch();
    private final RowBatch single = new RowBatch(1);

    /**
     * How the next input is joined to what is there.
     *
     * @param condition null for all pairs
     */
    public record Join(JoinKind kind, @Nullable Evaluator condition) {}

    /**
     * Creates the step.
     *
     * @param offsets the place of the first column of each input, and of the first column after all
     * @param retained for each input how many rows are kept if it is a table, otherwise 0
     * @param gathered for each input where queries look at its rows; null if none does
     */
    public JoinStep(
            StepSetting setting,
            String shape,
            int[] offsets,
            int[] retained,
            List<GatheredRows.@Nullable Input> gathered,
            List<Join> joins,
            boolean windowed,
            Step next) {
        super(setting);
        this.shape = shape;
        this.offsets = offsets.clone();
        this.width = offsets[offsets.length - 1];
        this.joins = List.copyOf(joins);
        this.windowed = windowed;
        this.next = next;
        this.gathered = Collections.unmodifiableList(new ArrayList<>(gathered));
        this.tables = new ArrayList<>();
        for (int input = 0; input < retained.length; input++) {
            tables.add(new Table(retained[input], gathered.get(input)));
        }
    }

    /** The last rows of a table. */
    private static final class Table {
        private final int retain;
        private final GatheredRows.@Nullable Input gathered;
        private final ArrayDeque<@Nullable Object[]> rows = new ArrayDeque<>();

        Table(int retain, GatheredRows.@Nullable Input gathered) {
            this.retain = retain;
            this.gathered = gathered;
        }

        void add(@Nullable Object[] row) {
            rows.addLast(row);
            if (rows.size() > retain) {
                rows.removeFirst();
            }
            if (gathered != null) {
                gathered.show(rows);
            }
        }
    }

    /** Returns the step that takes the wide rows of a table. */
    public Step table(StepSetting setting, int input) {
        return new TableInput(setting, tables.get(input));
    }

    private int input(@Nullable Object[] row) {
        return row[width] instanceof Long input ? input.intValue() : 0;
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            single.add(batch.row(i), batch.time(i));
            processResult(single);
            single.clear();
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        List<List<@Nullable Object[]>> rows = new ArrayList<>();
        for (int input = 0; input < tables.size(); input++) {
            rows.add(input > joins.size() ? new ArrayList<>() : new ArrayList<>(tables.get(input).rows));
        }
        for (int i = 0; i < batch.size(); i++) {
            rows.get(input(batch.row(i))).add(batch.row(i));
        }
        show(rows);
        if (batch.isEmpty()) {
            // tables alone set off nothing
            next.result(out(batch));
            return;
        }
        long time = batch.time(batch.size() - 1);
        List<@Nullable Object[]> left = rows.get(0);
        for (int step = 0; step < joins.size(); step++) {
            left = join(left, rows.get(step + 1), step, time);
        }
        for (@Nullable Object[] row : left) {
            joined.add(withWindow(row, batch), time);
        }
        if (!joined.isEmpty()) {
            next.result(out(joined).trigger(batch.trigger()));
        }
        joined.clear();
    }

    /** Lets queries look at what streams have. */
    private void show(List<List<@Nullable Object[]>> rows) {
        for (int input = 0; input < rows.size(); input++) {
            GatheredRows.Input shown = gathered.get(input);
            if (shown != null && tables.get(input).retain == 0) {
                shown.show(rows.get(input));
            }
        }
    }

    private List<@Nullable Object[]> join(
            List<@Nullable Object[]> left, List<@Nullable Object[]> right, int step, long time) {
        Join join = joins.get(step);
        List<@Nullable Object[]> pairs = new ArrayList<>();
        boolean[] matched = new boolean[right.size()];
        for (@Nullable Object[] one : left) {
            boolean found = false;
            for (int i = 0; i < matched.length; i++) {
                @Nullable Object[] pair = pair(one, right.get(i), step + 1);
                if (holds(join, pair, time)) {
                    pairs.add(pair);
                    matched[i] = true;
                    found = true;
                }
            }
            if (!found && (join.kind == JoinKind.LEFT || join.kind == JoinKind.FULL)) {
                pairs.add(one);
            }
        }
        if (join.kind == JoinKind.RIGHT || join.kind == JoinKind.FULL) {
            for (int i = 0; i < matched.length; i++) {
                if (!matched[i]) {
                    pairs.add(right.get(i));
                }
            }
        }
        return pairs;
    }

    private boolean holds(Join join, @Nullable Object[] pair, long time) {
        try {
            return join.condition == null || join.condition.holds(pair, time);
        } catch (Exception | Error e) {
            failed(e, pair);
            return false;
        }
    }

    private @Nullable Object[] pair(@Nullable Object[] left, @Nullable Object[] right, int input) {
        @Nullable Object[] pair = left.clone();
        System.arraycopy(right, offsets[input], pair, offsets[input], offsets[input + 1] - offsets[input]);
        return pair;
    }

    /** Puts the columns of the window where the number of the input was. */
    private @Nullable Object[] withWindow(@Nullable Object[] row, RowBatch batch) {
        @Nullable Object[] full = Arrays.copyOf(row, width + 3);
        @Nullable Object[] some = batch.row(0);
        for (int i = 0; i < 3; i++) {
            full[width + i] = windowed && some.length > width + 1 + i ? some[width + 1 + i] : null;
        }
        return full;
    }

    @Override
    public void time(long now) {
        next.time(now);
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        for (Table table : tables) {
            out.putLong(table.rows.size());
            table.rows.forEach(out::putRow);
        }
    }

    @Override
    public void load(StateInput in) {
        for (Table table : tables) {
            table.rows.clear();
            for (int left = in.getCount(); left > 0; left--) {
                table.add(in.getRow());
            }
        }
    }

    /** Where the rows of a table come in. They set off nothing. */
    private static final class TableInput extends Step {
        private final Table table;

        TableInput(StepSetting setting, Table table) {
            super(setting);
            this.table = table;
        }

        @Override
        protected void processRows(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                table.add(batch.row(i));
            }
        }

        @Override
        protected void processResult(RowBatch batch) {
            processRows(batch);
        }

        @Override
        public void time(long now) {
            // tables know no time
        }
    }
}
