package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Aggregate;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.Window;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Laws of windows on event time: they hold what a naive implementation says, whether rows or aggregates are kept; it does
 * not matter how rows come in batches, nor whether the rule is stopped and started again in between.
 */
class WindowPropertyTest {
    private static final long BASE = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int ROUNDS = 8;

    private record Event(String key, long value, long time) {}

    /** A result by its span: sums and counts by key. */
    private record Result(long start, long end, Map<String, List<Long>> groups) {}

    @TestFactory
    List<DynamicTest> windowsHoldWhatTheyShould() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 7919L * round + 11;
            for (Kind kind : List.of(Kind.TUMBLING, Kind.HOPPING, Kind.SLIDING, Kind.COUNT)) {
                tests.add(DynamicTest.dynamicTest(kind + " with seed " + seed, () -> check(kind, new Random(seed))));
            }
        }
        return tests;
    }

    private static void check(Kind kind, Random random) throws Exception {
        WindowSpec window = window(kind, random);
        List<Event> events = events(random);
        List<Result> expected = naive(window, inOrder(events));
        Scan scan = Plans.scan("k", "v", "ts");

        for (PlanNode plan : List.of(WindowPlans.sums(scan, window), buffered(scan, window))) {
            assertThat(run(plan, events, events.size(), false)).as("at once").isEqualTo(expected);
            assertThat(run(plan, events, 1, false)).as("one by one").isEqualTo(expected);
            assertThat(run(plan, events, 3, true)).as("with restarts").isEqualTo(expected);
        }
    }

    private static WindowSpec window(Kind kind, Random random) {
        long size = 1_000L * (1 + random.nextInt(5));
        return switch (kind) {
            case TUMBLING -> WindowPlans.spec(kind, size, size);
            case HOPPING -> WindowPlans.spec(kind, size, 1_000L * (1 + random.nextInt(6)));
            case SLIDING -> WindowPlans.spec(kind, size, size);
            case COUNT -> {
                int rows = 1 + random.nextInt(5);
                yield WindowPlans.spec(kind, rows, 1 + random.nextInt(rows));
            }
            case SESSION, STATE -> throw new IllegalArgumentException(kind.name());
        };
    }

    private static PlanNode buffered(Scan scan, WindowSpec window) {
        Window rows = new Window(scan, window);
        return new Aggregate(
                rows,
                List.of(Plans.column(rows, "k")),
                List.of("k"),
                List.of(
                        WindowPlans.count(),
                        WindowPlans.call("sum", Plans.column(rows, "v"), "s"),
                        WindowPlans.call("first", Plans.column(rows, "window_start"), "window_start"),
                        WindowPlans.call("first", Plans.column(rows, "window_end"), "window_end")));
    }

    /** Rows that are out of order by less than the tolerance, and a last one that closes everything. */
    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        long time = BASE + random.nextInt(3_000);
        for (int i = 0; i < 60; i++) {
            time += random.nextInt(10) == 0 ? random.nextInt(9_000) : random.nextInt(400);
            events.add(new Event("k" + random.nextInt(3), random.nextInt(100), time - random.nextInt(900)));
        }
        return events;
    }

    private static List<Event> inOrder(List<Event> events) {
        List<Event> sorted = new ArrayList<>(events);
        Collections.sort(sorted, java.util.Comparator.comparingLong(Event::time));
        return sorted;
    }

    private static List<Result> naive(WindowSpec window, List<Event> events) {
        List<Result> results = new ArrayList<>();
        switch (window.kind()) {
            case TUMBLING, HOPPING -> {
                long first = events.get(0).time();
                long minute = first - Math.floorMod(first, 60_000);
                long end = minute + (Math.floorDiv(first - minute, window.slide()) + 1) * window.slide();
                for (; end - window.size() <= events.get(events.size() - 1).time(); end += window.slide()) {
                    long last = end;
                    add(
                            results,
                            end - window.size(),
                            end,
                            events.stream()
                                    .filter(event -> event.time() >= last - window.size() && event.time() < last)
                                    .toList());
                }
            }
            case SLIDING -> {
                for (int i = 0; i < events.size(); i++) {
                    long now = events.get(i).time();
                    add(
                            results,
                            now - window.size(),
                            now,
                            events.stream()
                                    .filter(event -> event.time() >= now - window.size() && event.time() <= now)
                                    .toList());
                }
            }
            case COUNT -> {
                for (int i = (int) window.slide(); i <= events.size(); i += (int) window.slide()) {
                    if (i >= window.size()) {
                        List<Event> rows = events.subList(i - (int) window.size(), i);
                        add(
                                results,
                                rows.get(0).time(),
                                rows.get(rows.size() - 1).time(),
                                rows);
                    }
                }
            }
            case SESSION, STATE -> throw new IllegalArgumentException(
                    window.kind().name());
        }
        return results;
    }

    private static void add(List<Result> results, long start, long end, List<Event> rows) {
        Map<String, List<Long>> groups = new TreeMap<>();
        for (Event event : rows) {
            List<Long> group = groups.getOrDefault(event.key(), List.of(0L, 0L));
            groups.put(event.key(), List.of(group.get(0) + 1, group.get(1) + event.value()));
        }
        if (!groups.isEmpty()) {
            results.add(new Result(start, end, groups));
        }
    }

    private static List<Result> run(PlanNode plan, List<Event> events, int batch, boolean restarts) throws Exception {
        TestStream stream = new TestStream();
        TestSink sink = new TestSink(false);
        FunctionTable functions = new FunctionTable();
        functions.register(new TestFunctions(), "test", "1.0.0");
        try (Engine engine = Engine.builder()
                .plugins(new TestPlugins().source("test", stream).sink("test", sink))
                .functions(functions)
                .stateStore(new MemoryStateStore())
                .time(new VirtualTime(Instant.ofEpochMilli(BASE)))
                .zone(ZoneOffset.UTC)
                .build()) {
            RuleSpec spec = new RuleSpec(
                    "r1",
                    Plans.plan(plan),
                    List.of(Plans.stream("demo", "TIMESTAMP", "ts")),
                    List.of(new ActionSpec("test", 0, Map.of())),
                    RuleOptions.of(Map.of("isEventTime", true, "qos", 1)));
            RunningRule rule = engine.start(spec, new Unending());
            List<Event> all = new ArrayList<>(events);
            // far away, so that everything before is closed
            all.add(new Event("end", 0, BASE + 10_000_000));
            for (int i = 0; i < all.size(); i += batch) {
                feed(stream, all.subList(i, Math.min(all.size(), i + batch)));
                if (restarts) {
                    rule.stop();
                    rule = engine.start(spec, new Unending());
                }
            }
        }
        return results(sink);
    }

    private static void feed(TestStream stream, List<Event> events) throws InterruptedException {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Map<String, @Nullable Object>[] rows = new Map[events.size()];
        for (int i = 0; i < rows.length; i++) {
            Event event = events.get(i);
            rows[i] = new LinkedHashMap<>(Map.of("k", event.key(), "v", event.value(), "ts", event.time()));
        }
        stream.emit(rows);
    }

    /** Puts together the rows of each result; a result is a message, so its rows follow each other. */
    private static List<Result> results(TestSink sink) {
        List<Result> results = new ArrayList<>();
        int from = 0;
        for (String message : sink.messages) {
            int rows = message.split("\"k\"", -1).length - 1;
            Map<String, List<Long>> groups = new TreeMap<>();
            long start = 0;
            long end = 0;
            for (Map<String, @Nullable Object> row : sink.rows.subList(from, from + rows)) {
                groups.put((String) row.get("k"), List.of(number(row, "n"), number(row, "s")));
                start = number(row, "window_start");
                end = number(row, "window_end");
            }
            from += rows;
            if (!groups.containsKey("end")) {
                results.add(new Result(start, end, groups));
            }
        }
        return results;
    }

    private static long number(Map<String, @Nullable Object> row, String name) {
        return row.get(name) instanceof Long number ? number : Long.MIN_VALUE;
    }
}
