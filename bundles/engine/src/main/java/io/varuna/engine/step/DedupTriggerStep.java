package io.varuna.engine.step;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.DedupTrigger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Keeps rows until the ends of their spans of time, and adds what of a span was not named before. */
public final class DedupTriggerStep extends DelayingStep {
    private final String shape;
    private final Evaluator start;
    private final Evaluator end;
    private final Evaluator now;
    private final long expire;
    private final Step next;
    private final PriorityQueue<Request> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Request::end).thenComparingLong(Request::number));
    private final Spans named = new Spans();
    private final RowBatch released = new RowBatch();
    private long number;
    private long due = NEVER;

    public DedupTriggerStep(StepSetting setting, DedupTrigger plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.shape = plan.describe();
        this.start = compiler.compile(plan.start());
        this.end = compiler.compile(plan.end());
        this.now = compiler.compile(plan.now());
        this.expire = plan.expire();
        this.next = next;
    }

    /** A row that waits; a class, as a row is an array. */
    private static final class Request {
        private final long start;
        private final long end;
        private final long now;
        private final long number;
        private final RowBatch row;

        Request(long start, long end, long now, long number, RowBatch row) {
            this.start = start;
            this.end = end;
            this.now = now;
            this.number = number;
            this.row = row;
        }

        long end() {
            return end;
        }

        long number() {
            return number;
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            try {
                long from = millis("start", start, batch, i);
                long to = millis("end", end, batch, i);
                long current = millis("now", now, batch, i);
                if (from >= to) {
                    throw failure("The span of 'dedup_trigger' starts at " + from + " and ends at " + to
                            + "; it has to end later than it starts");
                }
                if (waiting.size() == MOST_ROWS) {
                    throw tooMany("dedup_trigger");
                }
                RowBatch single = new RowBatch(1);
                single.add(batch, i);
                waiting.add(new Request(from, to, current, number++, single));
                trigger(current);
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

    private static long millis(String name, Evaluator evaluator, RowBatch batch, int index) throws Exception {
        Object value = evaluator.value(batch.row(index), batch.time(index));
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw failure("Argument '" + name + "' of 'dedup_trigger' takes milliseconds since the epoch, not "
                + (value == null ? "NULL" : Conversions.describe(value)));
    }

    private static VarunaException failure(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }

    /** Hands on the rows whose spans have ended at a time, and notes when the next one will have. */
    private void trigger(long time) {
        for (Request first = waiting.peek(); first != null && first.end <= time; first = waiting.peek()) {
            waiting.remove();
            @Nullable Object[] row = first.row.row(0);
            @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
            longer[row.length] = parts(first);
            released.add(longer, first.row, 0);
        }
        Request open = waiting.peek();
        due = open == null ? NEVER : clock().millis() + Math.max(0, open.end - time);
    }

    private List<Map<String, String>> parts(Request request) {
        long oldest = request.now - expire;
        named.forget(oldest);
        if (request.end < oldest) {
            return List.of();
        }
        return named.add(Math.max(request.start, oldest), request.end).stream()
                .map(DedupTriggerStep::part)
                .toList();
    }

    private static Map<String, String> part(Spans.Span span) {
        Map<String, String> part = new LinkedHashMap<>();
        part.put("start_key", Long.toString(span.start()));
        part.put("end_key", Long.toString(span.end()));
        return part;
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void strike(long clock) {
        Request first = waiting.peek();
        while (first != null && due <= clock) {
            trigger(first.end);
            first = waiting.peek();
        }
        handOn();
    }

    private void handOn() {
        next.rows(out(released));
        released.clear();
    }

    @Override
    public void time(long time) {
        next.time(time);
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        named.save(out);
        out.putLong(due).putLong(waiting.size());
        for (Request request : waiting.stream()
                .sorted(Comparator.comparingLong(Request::number))
                .toList()) {
            out.putLong(request.start).putLong(request.end).putLong(request.now);
            out.putRow(request.row.row(0)).putLong(request.row.time(0)).putValue(request.row.tag(0));
        }
    }

    @Override
    public void load(StateInput in) {
        named.load(in);
        due = in.getLong();
        waiting.clear();
        for (int left = in.getCount(); left > 0; left--) {
            long from = in.getLong();
            long to = in.getLong();
            long current = in.getLong();
            RowBatch single = new RowBatch(1);
            single.add(in.getRow(), in.getLong(), in.getValue());
            waiting.add(new Request(from, to, current, number++, single));
        }
    }
}
