package io.varuna.engine.match;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.MatchRecognize.Definition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches of a pattern. Rows come in the order of their times; a result has the time at which it was found, so that
 * what comes after sees times in order too.
 */
public final class MatchStep extends Step {
    /** What a search may hold before it is given up; a pattern that needs more wants a limit of time. */
    private static final int MOST_ROWS = 100_000;

    private static final int MOST_WAYS = 10_000;

    private final MatchRecognize plan;
    private final GroupKeys partitionBy;
    private final Evaluator[] measures;
    private final boolean numbered;
    private final MatchContext context = new MatchContext();
    private final MatchPartition.Shape shape;
    private final Step next;
    private final Map<Object, MatchPartition> partitions = new LinkedHashMap<>();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Comparator.comparingLong(Deadline::time));
    private final RowBatch found = new RowBatch();
    private final Outcome outcome = new Outcome();

    public MatchStep(StepSetting setting, MatchRecognize plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.plan = plan;
        this.next = next;
        List<String> variables =
                plan.variables().stream().map(Definition::variable).toList();
        ExpressionCompiler matching = compiler.matching(new PatternValues(compiler, variables, context));
        this.partitionBy = new GroupKeys(compiler.compile(plan.partitionBy()));
        this.measures = matching.compile(plan.measures());
        Conditions conditions = new Conditions(plan.variables(), variables, matching, context, this::failed);
        PatternProgram program = PatternProgram.of(plan.pattern(), variables);
        PatternReach reach = PatternReach.of(plan);
        this.numbered = reach.numbered();
        this.shape = new MatchPartition.Shape(
                () -> new Search(program, conditions),
                plan.skip(),
                Variables.of(plan.skip().variables(), variables),
                plan.within(),
                reach.back(),
                MOST_ROWS,
                MOST_WAYS);
    }

    /** When a search has to be ended. A search that is over leaves its deadline behind. */
    private record Deadline(long time, MatchPartition partition) {}

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            long time = batch.time(i);
            try {
                expire(time);
                @Nullable Object[] values = partitionBy.values(row, time);
                MatchPartition partition = partition(values);
                partition.add(new MatchRow(row, time, batch.tag(i)));
                keep(partition);
            } catch (Exception | Error e) {
                failed(e, row);
            }
        }
        handOn();
    }

    @Override
    protected void processResult(RowBatch batch) {
        processRows(batch);
    }

    private MatchPartition partition(@Nullable Object[] values) {
        return partitions.computeIfAbsent(
                GroupKeys.mapKey(values), key -> new MatchPartition(key, values, shape, outcome));
    }

    /** Notes when a partition needs attention, or forgets it. */
    private void keep(MatchPartition partition) {
        long deadline = partition.deadline();
        if (deadline != MatchPartition.NEVER && deadline != partition.listed()) {
            partition.listed(deadline);
            deadlines.add(new Deadline(deadline, partition));
        }
        if (partition.isIdle() && !numbered) {
            partitions.remove(partition.key());
        }
    }

    /** Ends the searches whose rows have all come, in the order of their deadlines. */
    private void expire(long now) {
        for (Deadline first = deadlines.peek(); first != null && first.time < now; first = deadlines.peek()) {
            deadlines.remove();
            MatchPartition partition = first.partition;
            if (partition.deadline() == first.time) {
                partition.expire(first.time);
                // rows of one time have one deadline
                partition.listed(MatchPartition.NEVER);
                keep(partition);
            }
        }
    }

    private void handOn() {
        if (!found.isEmpty()) {
            next.rows(out(found));
            found.clear();
        }
    }

    @Override
    public void time(long now) {
        expire(now);
        handOn();
        next.time(now);
    }

    /** Makes rows of matches. */
    private final class Outcome implements MatchPartition.Listener {
        @Override
        public void matched(MatchPartition partition, MatchedRow end, long number, long time) {
            int before = found.size();
            try {
                if (plan.allRows()) {
                    for (MatchedRow matched : end.all()) {
                        if (matched.shown()) {
                            @Nullable Object[] values = matched.row().values;
                            add(values, values.length, partition, matched, end, number, time);
                        }
                    }
                } else {
                    add(partition.values(), partitionBy.size(), partition, end, end, number, time);
                }
            } catch (Exception | Error e) {
                found.truncate(before);
                failed(e, end.row().values);
            }
        }

        private void add(
                @Nullable Object[] values,
                int width,
                MatchPartition partition,
                MatchedRow current,
                MatchedRow end,
                long number,
                long time)
                throws Exception {
            @Nullable Object[] row = Arrays.copyOf(values, width + measures.length);
            MatchRow at = current.row();
            context.set(partition.rows(), current, end, number);
            for (int i = 0; i < measures.length; i++) {
                row[width + i] = measures[i].value(at.values, at.time);
            }
            found.add(row, time, at.tag);
        }

        @Override
        public void lost(MatchedRow end) {
            failed(
                    new VarunaException(
                            StandardError.EVALUATION_FAILED,
                            "AFTER MATCH SKIP TO " + plan.skip()
                                    + " names no row of the match, or its first one, from which"
                                    + " the same match would be found again. The search goes on at the next row"),
                    end.row().values);
        }

        @Override
        public void givenUp(MatchRow row, String reason) {
            failed(
                    new VarunaException(
                            StandardError.EVALUATION_FAILED,
                            "The search for the pattern " + reason
                                    + " and was given up; it begins anew with the next row."
                                    + " Limit it with WITHIN, or make its conditions stricter"),
                    row.values);
        }
    }

    @Override
    public String stateShape() {
        return plan.describe();
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(partitions.size());
        for (MatchPartition partition : partitions.values()) {
            out.putRow(partition.values());
            partition.save(out);
        }
    }

    @Override
    public void load(StateInput in) {
        partitions.clear();
        deadlines.clear();
        for (int left = in.getCount(); left > 0; left--) {
            MatchPartition partition = partition(in.getRow());
            partition.load(in);
            keep(partition);
        }
    }
}
