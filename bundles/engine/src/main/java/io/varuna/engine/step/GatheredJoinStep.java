package io.varuna.engine.step;

import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.GatheredJoin;
import io.varuna.plan.Scan.ScanColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the outer row of a query with the rows that a join has at hand. Hands on what there is, be it nothing. */
public final class GatheredJoinStep extends PairingStep {
    private final GatheredRows gathered;
    private final GatheredRows.Input rows;
    private final int[] places;
    private final GroupKeys keys;
    private final GroupKeys rowKeys;
    private final Step next;
    private final Map<Object, List<@Nullable Object[]>> byKey = new HashMap<>();
    private long indexed = -1;

    public GatheredJoinStep(
            StepSetting setting, GatheredJoin plan, GatheredRows gathered, ExpressionCompiler compiler, Step next) {
        super(setting, plan.columns().size(), compiler.compileOptional(plan.residual()));
        this.gathered = gathered;
        this.rows = gathered.input(plan.gathered());
        this.places = rows.places(plan.columns().stream().map(ScanColumn::name).toList());
        this.keys = new GroupKeys(compiler.compile(plan.keys()));
        this.rowKeys = new GroupKeys(compiler.compile(plan.rowKeys()));
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        processResult(batch);
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(paired(batch).trigger(batch.trigger()));
        forget();
    }

    @Override
    void pair(@Nullable Object[] outer, long time) throws Exception {
        for (@Nullable Object[] candidate : candidates(outer, time)) {
            @Nullable Object[] pair = widened(outer);
            copy(candidate, pair, outer.length);
            offer(pair, time);
        }
    }

    private Collection<@Nullable Object[]> candidates(@Nullable Object[] outer, long time) throws Exception {
        if (keys.none()) {
            return rows.rows();
        }
        if (indexed != gathered.changes()) {
            index(time);
            indexed = gathered.changes();
        }
        @Nullable Object[] key = keys.values(outer, time);
        return Arrays.asList(key).contains(null) ? List.of() : byKey.getOrDefault(GroupKeys.mapKey(key), List.of());
    }

    private void index(long time) throws Exception {
        byKey.clear();
        for (@Nullable Object[] row : rows.rows()) {
            @Nullable Object[] taken = new @Nullable Object[places.length];
            copy(row, taken, 0);
            @Nullable Object[] key = rowKeys.values(taken, time);
            if (!Arrays.asList(key).contains(null)) {
                byKey.computeIfAbsent(GroupKeys.mapKey(key), none -> new ArrayList<>())
                        .add(row);
            }
        }
    }

    private void copy(@Nullable Object[] row, @Nullable Object[] to, int first) {
        for (int i = 0; i < places.length; i++) {
            to[first + i] = row[places[i]];
        }
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
