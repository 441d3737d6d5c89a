package io.varuna.engine;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import io.varuna.engine.step.LateRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The records that come too late for a rule: counted, and kept for its {@code lateAction} actions until the next results are
 * handed over. Under the lock of the rule, but for the count.
 */
final class LateRecords implements LateRows {
    private final boolean wanted;
    private final AtomicLong total = new AtomicLong();
    private final List<List<OutputRow>> waiting = new ArrayList<>();
    private Schema lastSchema = new Schema(List.of());

    /** Creates an empty list; {@code wanted} tells whether some action takes the records. */
    LateRecords(boolean wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean wantRecords() {
        return wanted;
    }

    @Override
    public void late(@Nullable Object record, long time) {
        total.incrementAndGet();
        if (wanted && record instanceof Map<?, ?> members) {
            List<String> names = members.keySet().stream().map(String::valueOf).toList();
            // most records look like the one before
            if (!lastSchema.names().equals(names)) {
                lastSchema = new Schema(names.stream()
                        .map(name -> new Column(name, DataType.ANY))
                        .toList());
            }
            waiting.add(List.of(new OutputRow(lastSchema, members.values().toArray(), time)));
        }
    }

    /** Returns what came since the last call. */
    Results take() {
        Results taken = new Results(waiting);
        waiting.clear();
        return taken;
    }

    /** Returns how many there were. */
    long total() {
        return total.get();
    }
}
