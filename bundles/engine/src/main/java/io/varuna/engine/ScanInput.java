package io.varuna.engine;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DateTimePattern;
import io.varuna.api.data.Missing;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.source.Layout;
import io.varuna.engine.source.SourceBatch;
import io.varuna.engine.source.Wanted;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.Trouble;
import io.varuna.plan.Scan;
import io.varuna.plan.Scan.ColumnSource;
import io.varuna.plan.Scan.ScanColumn;
import io.varuna.plan.StreamDefinition;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the records of a stream enter a rule: they become rows with the columns that the plan scans, and a time. */
final class ScanInput {
    private final Scan scan;
    private final StreamDefinition stream;
    private final Wanted wanted;
    private final @Nullable String timestamp;
    private final boolean tagged;
    private final Clock clock;
    private final Step head;
    private final Trouble trouble;
    private final StepMetrics metrics;
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private @Nullable Layout layout;
    private int[] places = new int[0];
    private int timePlace = -1;
    private long sequence;

    /**
     * Creates the input.
     *
     * @param tagged whether the metadata go along to the output
     * @param clock with the zone for texts that are times
     * @param metrics where rows without a time are counted
     */
    ScanInput(
            Scan scan,
            StreamDefinition stream,
            boolean eventTime,
            boolean tagged,
            Clock clock,
            Step head,
            Trouble trouble,
            StepMetrics metrics) {
        this.scan = scan;
        this.stream = stream;
        this.wanted = Wanted.of(scan, stream, eventTime);
        this.timestamp = eventTime ? stream.options().timestamp().orElse(null) : null;
        this.tagged = tagged;
        this.clock = clock;
        this.head = head;
        this.trouble = trouble;
        this.metrics = metrics;
    }

    StreamDefinition stream() {
        return stream;
    }

    Wanted wanted() {
        return wanted;
    }

    Step head() {
        return head;
    }

    /** Returns the number of the last batch that came in. */
    long sequence() {
        return sequence;
    }

    Collection<Position> positions() {
        return positions.values();
    }

    void restore(List<Position> restored) {
        restored.forEach(position -> positions.put(position.partition(), position));
    }

    /** Sends a batch through the steps. */
    @SuppressWarnings("ReferenceEquality") // a change makes a new object
    void feed(SourceBatch batch) {
        if (batch.layout() != layout) {
            learn(batch.layout());
        }
        ColumnBatch records = batch.records();
        ColumnBatch rows = records.scratch().batch(records, places.length);
        for (int i = 0; i < places.length; i++) {
            rows.column(i, column(scan.columns().get(i), places[i], records, batch.layout()));
        }
        if (!tagged) {
            rows.untagged();
        }
        if (timePlace >= 0) {
            takeTimes(rows, records, batch.layout());
        }
        sequence = batch.sequence();
        positions.putAll(batch.positions());
        head.columns(rows);
    }

    private void learn(Layout next) {
        layout = next;
        places = new int[scan.columns().size()];
        for (int i = 0; i < places.length; i++) {
            ScanColumn column = scan.columns().get(i);
            places[i] = switch (column.source()) {
                case FIELD -> next.indexOf(column.name());
                case RECORD -> next.recordIndex();
                case METADATA -> -1;
            };
        }
        timePlace = timestamp == null ? -1 : next.indexOf(timestamp);
    }

    private static ColumnVector column(ScanColumn column, int place, ColumnBatch records, Layout current) {
        if (place >= 0) {
            return records.column(place);
        }
        ColumnVector made = records.scratch().vector(records.rows());
        if (column.source() == ColumnSource.RECORD) {
            made.putLate(records.selection(), records.size(), row -> wholeRecord(records.row(row), current));
            return made;
        }
        for (int i = 0; i < records.size(); i++) {
            int row = records.selection()[i];
            made.put(row, records.tag(row));
        }
        return made;
    }

    private static Map<String, @Nullable Object> wholeRecord(@Nullable Object[] record, Layout current) {
        if (current.recordIndex() >= 0 && record[current.recordIndex()] instanceof Map<?, ?> whole) {
            @SuppressWarnings("unchecked") // decoders make records with texts as names
            Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) whole;
            return map;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < current.columns().size(); i++) {
            if (record[i] != Missing.VALUE) {
                map.put(current.columns().get(i).name(), record[i]);
            }
        }
        return map;
    }

    /** Gives the rows their event times; those without one are left out. */
    private void takeTimes(ColumnBatch rows, ColumnBatch records, Layout current) {
        ColumnVector values = records.column(timePlace);
        long[] times = records.scratch().vector(records.rows()).bits();
        int[] kept = records.scratch().places(records.size());
        int count = 0;
        for (int i = 0; i < records.size(); i++) {
            int row = records.selection()[i];
            if (values.tag(row) == ColumnVector.LONG) {
                times[row] = values.longAt(row);
                kept[count++] = row;
                continue;
            }
            try {
                times[row] = eventTime(values.get(row), current);
                kept[count++] = row;
            } catch (VarunaException e) {
                trouble.rowFailed(metrics, e, wholeRecord(records.row(row), current));
            }
        }
        rows.times(times).selection(kept, count);
    }

    private long eventTime(@Nullable Object value, Layout current) {
        if (value instanceof Long millis) {
            return millis;
        }
        if (value == null || value == Missing.VALUE) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "The record has no '" + timestamp + "', which is the timestamp of stream '" + stream.name() + "'");
        }
        DateTimePattern pattern = current.pattern();
        return Conversions.toDateTime(value, clock, pattern).toInstant().toEpochMilli();
    }
}
