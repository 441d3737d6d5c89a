package io.varuna.plugin.simulator;

import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Emits the next record at every poll. */
final class Simulation implements PollingSource {
    private final List<Map<String, @Nullable Object>> records;
    private final Duration interval;
    private final boolean loop;
    private long emitted;

    Simulation(List<Map<String, @Nullable Object>> records, Duration interval, boolean loop, long emitted) {
        this.records = List.copyOf(records);
        this.interval = interval;
        this.loop = loop;
        this.emitted = emitted;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public boolean poll(Instant trigger, SourceOutput out) throws InterruptedException {
        if (hasMore()) {
            Map<String, @Nullable Object> record = records.get((int) (emitted % records.size()));
            emitted++;
            out.emit(record, Map.of(), new Position(SimulatorSource.PARTITION, Long.toString(emitted)));
        }
        return hasMore();
    }

    private boolean hasMore() {
        return loop || emitted < records.size();
    }
}
