package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Window;
import io.varuna.plan.WindowJoin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows of a window, which come as wide rows with the number of their input, and the last rows of tables. Without a
 * window each row of the only stream is joined for itself.
 */
public final class JoinStep extends Step {
    private static final int WINDOW_COLUMNS = Window.COLUMNS.size();

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

    /** How the next input is joined to what is there. */
    public static final class Join {
        private final JoinKind kind;
        private final JoinCondition condition;

        /**
         * Creates it.
         *
         * @param from the place of the next input's first column
         * @param to the place after its last one
         */
        public Join(WindowJoin.Step plan, int from, int to, ExpressionCompiler compiler) {
            this.kind = plan.kind();
            this.condition = kind == JoinKind.CROSS
                    ? JoinCondition.none()
                    : JoinCondition.of(plan.condition(), from, to, compiler);
        }

        private boolean keepsLeft() {
            return kind == JoinKind.LEFT || kind == JoinKind.FULL;
        }

        private boolean keepsRight() {
            return kind == JoinKind.RIGHT || kind == JoinKind.FULL;
        }
    }

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
            tables.add(new Table(retained[input], keyed(input, retained[input] > 0), gathered.get(input)));
        }
    }

    /** Makes room for rows of an input, to be found by what it is joined by; those of the first one only if it is a table. */
    private KeyedRows keyed(int input, boolean table) {
        if (input > 0 && input <= joins.size()) {
            return new KeyedRows(joins.get(input - 1).condition.rightKeys());
        }
        boolean left = input == 0 && table && !joins.isEmpty();
        return new KeyedRows((left ? joins.get(0).condition : JoinCondition.none()).leftKeys());
    }

    /** The last rows of a table; of a stream without a window its only row. */
    private static final class Table {
        private final int retain;
        private final KeyedRows rows;
        private final GatheredRows.@Nullable Input gathered;

        Table(int retain, KeyedRows rows, GatheredRows.@Nullable Input gathered) {
            this.retain = retain;
            this.rows = rows;
            this.gathered = gathered;
        }

        boolean isTable() {
            return retain > 0;
        }

        void add(@Nullable Object[] row) {
            rows.add(row);
            if (rows.size() > retain) {
                rows.removeFirst();
            }
            if (gathered != null) {
                gathered.show(rows.values());
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
        List<KeyedRows> inputs = new ArrayList<>(tables.size());
        for (int input = 0; input < tables.size(); input++) {
            inputs.add(tables.get(input).isTable() || !windowed ? tables.get(input).rows : keyed(input, false));
            if (!tables.get(input).isTable()) {
                inputs.get(input).clear();
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            inputs.get(input(batch.row(i))).add(batch.row(i));
        }
        show(inputs);
        if (batch.isEmpty()) {
            // tables alone set off nothing
            next.result(out(batch));
            return;
        }
        long time = batch.time(batch.size() - 1);
        @Nullable Object[] window = window(batch.row(0));
        Collection<@Nullable Object[]> rows = inputs.get(0).values();
        if (joins.isEmpty()) {
            rows = rows.stream().map(row -> full(row, window)).toList();
        }
        for (int step = 0; step < joins.size(); step++) {
            boolean last = step == joins.size() - 1;
            Joining joining = new Joining(step, inputs.get(step + 1), time, last ? window : null);
            rows = step == 0 ? joining.joinFirst(inputs.get(0)) : joining.join(rows);
        }
        rows.forEach(row -> joined.add(row, time));
        if (!joined.isEmpty()) {
            next.result(out(joined).trigger(batch.trigger()));
        }
        joined.clear();
    }

    /** Lets queries look at what streams have. */
    private void show(List<KeyedRows> inputs) {
        for (int input = 0; input < inputs.size(); input++) {
            GatheredRows.Input shown = gathered.get(input);
            if (shown != null && !tables.get(input).isTable()) {
                shown.show(inputs.get(input).values());
            }
        }
    }

    /** Joins rows with those of the next input. */
    private final class Joining {
        private final Join join;
        private final int from;
        private final int to;
        private final KeyedRows right;
        private final long time;
        private final @Nullable Object @Nullable [] window;
        private final List<@Nullable Object[]> pairs = new ArrayList<>();
        private final @Nullable BitSet matched;

        /** Creates it; {@code window} are the columns of the window, if they come next. */
        Joining(int step, KeyedRows right, long time, @Nullable Object @Nullable [] window) {
            this.join = joins.get(step);
            this.from = offsets[step + 1];
            this.to = offsets[step + 2];
            this.right = right;
            this.time = time;
            this.window = window;
            this.matched = join.keepsRight() ? new BitSet() : null;
        }

        /** Joins the rows of the first input, of which the only row of the next one may find its partners. */
        List<@Nullable Object[]> joinFirst(KeyedRows left) {
            KeyedRows.Row only = right.size() == 1 && !join.keepsLeft() ? right.first() : null;
            JoinKey key = only == null ? null : only.key();
            if (only == null || key == null || !left.finds(key)) {
                return join(left.values());
            }
            for (KeyedRows.Row row = left.first(key); row != null; row = row.next()) {
                pair(row.values(), only, true);
            }
            keepRight();
            return pairs;
        }

        List<@Nullable Object[]> join(Collection<@Nullable Object[]> rows) {
            for (@Nullable Object[] row : rows) {
                int before = pairs.size();
                pairAll(row);
                if (pairs.size() == before && join.keepsLeft()) {
                    pairs.add(alone(row));
                }
            }
            keepRight();
            return pairs;
        }

        private void keepRight() {
            BitSet found = matched;
            if (found == null) {
                return;
            }
            for (KeyedRows.Row other : right.rows()) {
                if (!found.get(right.place(other))) {
                    pairs.add(alone(other.values()));
                }
            }
        }

        private void pairAll(@Nullable Object[] row) {
            Evaluator[] keys = join.condition.leftKeys();
            JoinKey key = keys.length == 0 ? null : JoinKey.of(keys, row);
            if (key != null && right.finds(key)) {
                for (KeyedRows.Row other = right.first(key); other != null; other = other.next()) {
                    pair(row, other, true);
                }
                return;
            }
            for (KeyedRows.Row other : right.rows()) {
                pair(row, other, false);
            }
        }

        private void pair(@Nullable Object[] row, KeyedRows.Row other, boolean keysAreEqual) {
            @Nullable Object[] pair = window == null ? row.clone() : full(row, window);
            System.arraycopy(other.values(), from, pair, from, to - from);
            try {
                if (keysAreEqual ? join.condition.restHolds(pair, time) : join.condition.holds(pair, time)) {
                    pairs.add(pair);
                    if (matched != null) {
                        matched.set(right.place(other));
                    }
                }
            } catch (Exception | Error e) {
                failed(e, pair);
            }
        }

        private @Nullable Object[] alone(@Nullable Object[] row) {
            return window == null ? row : full(row, window);
        }
    }

    /** Returns the columns of the window that rows come from. */
    private @Nullable Object[] window(@Nullable Object[] row) {
        boolean has = windowed && row.length > width + 1;
        return has
                ? Arrays.copyOfRange(row, width + 1, width + 1 + WINDOW_COLUMNS)
                : new @Nullable Object[WINDOW_COLUMNS];
    }

    /** Puts the columns of the window where the number of the input was, in a copy. */
    private @Nullable Object[] full(@Nullable Object[] row, @Nullable Object[] window) {
        @Nullable Object[] full = Arrays.copyOf(row, width + WINDOW_COLUMNS);
        System.arraycopy(window, 0, full, width, WINDOW_COLUMNS);
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
            Collection<@Nullable Object[]> rows = table.isTable() ? table.rows.values() : List.of();
            out.putLong(rows.size());
            rows.forEach(out::putRow);
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
