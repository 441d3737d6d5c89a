package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: windows that lose their rows one by one say of each group, in order, what a fold of the rows that are in it says,
 * however a call takes rows back, also behind rows that a call refuses and after the rule is started again.
 */
class SlidingPropertyTest {
    private static final int EVENTS = 1_500;

    private final ColumnSite site = new ColumnSite();

    @AfterEach
    void close() {
        site.close();
    }

    private record Event(long time, String key, @Nullable Object value, boolean flag) {
        boolean refused() {
            return value instanceof String;
        }

        long whole() {
            return value instanceof Long number ? number : 0;
        }

        double number() {
            return value instanceof Number number ? number.doubleValue() : 0;
        }
    }

    private static RulePlan plan(WindowSpec window) {
        Scan scan = Plans.scan("k", "v", "w");
        Expression v = Plans.column(scan, "v");
        Expression w = Plans.column(scan, "w");
        return Plans.plan(new WindowAggregate(
                scan,
                window,
                List.of(Plans.column(scan, "k")),
                List.of("k"),
                List.of(
                        WindowPlans.count(),
                        WindowPlans.call("sum", v, "sum"),
                        WindowPlans.call("stubborn", v, "stubborn"),
                        WindowPlans.call("first", v, "first"),
                        WindowPlans.call(AggregateCall.FIRST_ROW, v, "row"),
                        WindowPlans.call("total", v, "total"),
                        new AggregateCall("sum", List.of(v), w, false, DataType.ANY, "some"),
                        new AggregateCall("total", List.of(v), w, false, DataType.ANY, "halves"),
                        new AggregateCall("first", List.of(v), w, false, DataType.ANY, "flagged"),
                        new AggregateCall("total", List.of(v), null, true, DataType.ANY, "distinct"))));
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        long time = ColumnSite.START.toEpochMilli();
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(30) == 0 ? random.nextInt(12_000) : random.nextInt(300);
            Object value =
                    switch (random.nextInt(12)) {
                        case 0 -> null;
                        case 1 -> "text";
                        case 2, 3 -> (random.nextInt(40) - 10) / 2.0;
                        default -> (long) (random.nextInt(40) - 5);
                    };
            events.add(new Event(time, "k" + random.nextInt(3), value, random.nextInt(4) > 0));
        }
        return events;
    }

    private static final class Naive {
        private final WindowSpec window;
        private final ArrayDeque<Event> rows = new ArrayDeque<>();
        private final Set<String> keys = new LinkedHashSet<>();
        private final List<Map<String, @Nullable Object>> results = new ArrayList<>();
        private int failures;
        private long sinceLast;

        Naive(WindowSpec window) {
            this.window = window;
        }

        void add(Event event) {
            if (event.refused()) {
                failures++;
                return;
            }
            rows.add(event);
            keys.add(event.key);
            if (window.kind() == Kind.SLIDING) {
                while (rows.getFirst().time < event.time - window.size()) {
                    rows.removeFirst();
                }
            } else if (rows.size() > window.size()) {
                rows.removeFirst();
            }
            keys.removeIf(key -> rows.stream().noneMatch(row -> row.key.equals(key)));
            boolean due = window.kind() == Kind.SLIDING || ++sinceLast == window.slide();
            if (due) {
                sinceLast = 0;
            }
            if (due && (window.kind() == Kind.SLIDING || rows.size() == window.size())) {
                keys.forEach(key -> emit(
                        key, rows.stream().filter(row -> row.key.equals(key)).toList()));
            }
        }

        private void emit(String key, List<Event> group) {
            List<Event> flagged = group.stream().filter(Event::flag).toList();
            double total = group.stream().mapToDouble(Event::number).sum();
            double halves = flagged.stream().mapToDouble(Event::number).sum();
            double distinct =
                    group.stream().mapToDouble(Event::number).distinct().sum();
            if (2 * total % 17 == 0 || 2 * halves % 17 == 0 || 2 * distinct % 17 == 0) {
                // what the function does not like
                failures++;
                return;
            }
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("k", key);
            row.put("n", (long) group.size());
            row.put("sum", group.stream().mapToLong(Event::whole).sum());
            row.put("stubborn", row.get("sum"));
            row.put("first", group.get(0).value);
            row.put("row", group.get(0).value);
            row.put("total", total);
            row.put("some", flagged.stream().mapToLong(Event::whole).sum());
            row.put("halves", halves);
            row.put("flagged", flagged.isEmpty() ? null : flagged.get(0).value);
            row.put("distinct", distinct);
            results.add(row);
        }

        /** Groups that are read from saved state come in the order of their first rows. */
        void restart() {
            keys.clear();
            rows.forEach(row -> keys.add(row.key));
        }
    }

    @ParameterizedTest
    @CsvSource({"SLIDING,4,4", "COUNT,20,1", "COUNT,7,3"})
    void theySayWhatIsInThem(Kind kind, long size, long slide) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        long unit = kind == Kind.SLIDING ? 1_000 : 1;
        WindowSpec window = WindowPlans.spec(kind, size * unit, slide * unit);
        Naive naive = new Naive(window);
        site.start(plan(window), Map.of());
        for (Event event : events(random)) {
            site.time.advanceTo(Instant.ofEpochMilli(event.time));
            site.stream.emit(row(event));
            naive.add(event);
            if (random.nextInt(100) == 0) {
                site.start(plan(window), Map.of());
                naive.restart();
            }
        }
        List<Map<String, @Nullable Object>> said = new ArrayList<>();
        for (Map<String, @Nullable Object> row : site.sink.rows) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row);
            values.keySet().removeIf(name -> name.startsWith("window_") || name.equals("event_time"));
            said.add(values);
        }
        assertThat(said).as("seed %d", seed).isEqualTo(naive.results).hasSizeGreaterThan(300);
        assertThat(site.errors.rows).as("seed %d", seed).hasSize(naive.failures).hasSizeGreaterThan(100);
    }

    private static Map<String, @Nullable Object> row(Event event) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("k", event.key);
        row.put("v", event.value);
        row.put("w", event.flag);
        return row;
    }
}
