package io.varuna.engine.step;

import io.varuna.api.data.Missing;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.SetOperation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one result of those that two inputs have for the same window, as soon as time has come to its end in both. */
public final class SetStep extends MergingStep {
    private final SetOperation plan;
    private final Step next;
    // by when the window closed
    private final TreeMap<Long, Rows> waiting = new TreeMap<>();

    public SetStep(StepSetting setting, SetOperation plan, Step next) {
        super(setting, 2);
        this.plan = plan;
        this.next = next;
    }

    /** The rows of one window, of both inputs. */
    private static final class Rows {
        private final List<RowBatch> inputs = List.of(new RowBatch(), new RowBatch());
    }

    @Override
    void rowsOf(int input, RowBatch batch) {
        processRows(batch);
    }

    @Override
    void resultOf(int input, RowBatch batch) {
        RowBatch known = waiting.computeIfAbsent(batch.trigger(), none -> new Rows())
                .inputs
                .get(input);
        for (int i = 0; i < batch.size(); i++) {
            known.add(batch, i);
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        throw new IllegalStateException("Rows without a window");
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(out(batch));
    }

    @Override
    public void time(long now) {
        while (!waiting.isEmpty() && waiting.firstKey() <= now) {
            Map.Entry<Long, Rows> window = waiting.pollFirstEntry();
            RowBatch result = combined(window.getValue().inputs).trigger(window.getKey());
            if (!result.isEmpty()) {
                result(result);
            }
        }
        next.time(now);
    }

    private RowBatch combined(List<RowBatch> inputs) {
        RowBatch left = inputs.get(0);
        RowBatch right = inputs.get(1);
        RowBatch result = new RowBatch();
        Map<Object, Integer> seen = new HashMap<>();
        Map<Object, Integer> others = counted(right);
        for (int i = 0; i < left.size(); i++) {
            Object row = key(left.row(i));
            int before = seen.merge(row, 1, Integer::sum) - 1;
            if (takes(before, others.getOrDefault(row, 0))) {
                result.add(left, i);
            }
        }
        for (int i = 0; i < right.size() && plan.kind() == SetOperation.Kind.UNION; i++) {
            boolean first = seen.merge(key(right.row(i)), 1, Integer::sum) == 1;
            if (plan.all() || first) {
                result.add(right, i);
            }
        }
        return result;
    }

    /** Tells whether a row of the left input is taken, after so many equal ones, where the right one has some of it. */
    private boolean takes(int before, int others) {
        return switch (plan.kind()) {
            case UNION -> plan.all() || before == 0;
            case INTERSECT -> plan.all() ? before < others : before == 0 && others > 0;
            case EXCEPT -> plan.all() ? before >= others : before == 0 && others == 0;
        };
    }

    private static Object key(@Nullable Object[] row) {
        @Nullable Object[] values = row.clone();
        Arrays.setAll(values, i -> values[i] == Missing.VALUE ? null : values[i]);
        return GroupKeys.mapKey(values);
    }

    private static Map<Object, Integer> counted(RowBatch batch) {
        Map<Object, Integer> counts = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            counts.merge(key(batch.row(i)), 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public String stateShape() {
        return plan.describe() + plan.output();
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(waiting.size());
        waiting.forEach((trigger, rows) -> {
            out.putLong(trigger);
            for (RowBatch batch : rows.inputs) {
                out.putLong(batch.size());
                for (int i = 0; i < batch.size(); i++) {
                    out.putLong(batch.time(i)).putRow(batch.row(i));
                }
            }
        });
    }

    @Override
    public void load(StateInput in) {
        waiting.clear();
        for (int left = in.getCount(); left > 0; left--) {
            Rows rows = new Rows();
            waiting.put(in.getLong(), rows);
            for (RowBatch batch : rows.inputs) {
                for (int size = in.getCount(); size > 0; size--) {
                    long time = in.getLong();
                    batch.add(in.getRow(), time);
                }
            }
        }
    }
}
