package io.varuna.plan;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How rows are gathered.
 *
 * @param unit the unit of time that the size was written in; starts of windows are aligned to the next larger one
 * @param size milliseconds, or rows for a count window; the longest duration for a session window; 0 for a state window
 * @param slide milliseconds between two hopping windows, rows between two count windows, the gap that ends a session;
 *     otherwise equal to the size
 * @param delay milliseconds for which a sliding window waits for rows after its trigger
 * @param filter only rows for which this is true enter; null for all
 * @param trigger only rows for which this is true make a sliding window fire; null for all
 * @param begin for a state window, what opens it; otherwise null
 * @param end for a state window, what closes it; null where the next opening does
 * @param partitionBy a window of its own for each combination of these values
 */
public record WindowSpec(
        Kind kind,
        Unit unit,
        long size,
        long slide,
        long delay,
        @Nullable Expression filter,
        @Nullable Expression trigger,
        @Nullable Expression begin,
        @Nullable Expression end,
        List<Expression> partitionBy) {
    /** The kinds of windows. Intervals are {@code [start, end)} but for sliding windows, which include their trigger. */
    public enum Kind {
        TUMBLING,
        HOPPING,
        SLIDING,
        SESSION,
        COUNT,
        STATE
    }

    /** Units of time, as the rule dialect writes them. */
    public enum Unit {
        MS(1),
        SS(1_000),
        MI(60_000),
        HH(3_600_000),
        DD(86_400_000);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }

        public long millis() {
            return millis;
        }
    }

    public WindowSpec {
        partitionBy = List.copyOf(partitionBy);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT));
        switch (kind) {
            case TUMBLING -> text.append(' ').append(PlanText.time(size));
            case HOPPING -> text.append(' ')
                    .append(PlanText.time(size))
                    .append(" every ")
                    .append(PlanText.time(slide));
            case SLIDING -> text.append(' ')
                    .append(PlanText.time(size))
                    .append(delay > 0 ? " and " + PlanText.time(delay) + " after" : "");
            case SESSION -> text.append(" of at most ")
                    .append(PlanText.time(size))
                    .append(" with gaps up to ")
                    .append(PlanText.time(slide));
            case COUNT -> text.append(' ').append(size).append(" rows").append(slide == size ? "" : " every " + slide);
            case STATE -> text.append(" from ").append(begin).append(end == null ? "" : " to " + end);
        }
        text.append(filter == null ? "" : " filter " + filter);
        text.append(trigger == null ? "" : " when " + trigger);
        return text.append(partitionBy.isEmpty() ? "" : " partition by " + PlanText.list(partitionBy))
                .toString();
    }
}
