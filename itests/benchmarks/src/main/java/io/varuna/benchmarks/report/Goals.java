package io.varuna.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the project sets out to reach. */
final class Goals {
    private static final String TIMES = " x";

    private Goals() {}

    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        for (String shape : List.of("small", "large")) {
            String memory = "memory/" + shape + "/";
            String title = "Memory to JSON, " + shape + ": ";
            goals.add(faster(title + "speed by hand to ours", 0.6, memory + "limit", memory + "varuna"));
            goals.add(faster(title + "against Jackson and maps", 5, memory + "map", memory + "varuna"));
            String decode = "decode/" + shape + "/";
            goals.add(faster(
                    "Decoding, " + shape + ": against Jackson streaming", 4, decode + "jackson", decode + "varuna"));
        }
        goals.add(faster("File to file, small: speed by hand to ours", 0.5, "file/limit", "file/varuna"));
        for (String query : List.of("cheap", "expensive")) {
            String id = "expression/" + query + "/";
            goals.add(faster("Expressions, " + query + ": against closures", 3, id + "closures", id + "columns"));
        }
        goals.add(faster("MQTT to JSON, QoS 0: against Paho, Jackson and maps", 30, "mqtt/paho-0", "mqtt/varuna-0"));
        goals.add(faster("MQTT to JSON, QoS 1: against Paho, Jackson and maps", 20, "mqtt/paho-1", "mqtt/varuna-1"));
        goals.add(atMost(
                "1 000 rules on a stream: a rule against a message with one rule",
                0.1,
                TIMES,
                results -> (results.nanos("rules/1000") - results.nanos("rules/1")) / 999 / results.nanos("rules/1")));
        goals.add(atMost("Tumbling window, 10 000 keys: added to decoding", 0.6, TIMES, added("window/tumbling-10k")));
        goals.add(atMost("Tumbling window, 1 000 000 keys: added to decoding", 5, TIMES, added("window/tumbling-1m")));
        goals.add(atMost(
                "Tumbling window in event time against processing time",
                1.5,
                TIMES,
                times("window/event-tumbling", "window/tumbling-1k")));
        goals.add(atMost(
                "Hopping window of 60 panes against tumbling",
                2,
                TIMES,
                times("window/hopping-60", "window/tumbling-1k")));
        goals.add(atMost(
                "Sliding window: 10 000 rows against 100, without what a rule costs anyway",
                1.5,
                TIMES,
                results -> (results.nanos("window/sliding-10k") - results.nanos("window/each-none"))
                        / (results.nanos("window/sliding-100") - results.nanos("window/each-none"))));
        goals.add(allocated("Allocated per message, nothing encoded", "memory/small/varuna-nop"));
        goals.add(allocated("Allocated per message, with JSON", "memory/small/varuna"));
        goals.add(new Goal(
                "Rows into MySQL, against a loop by hand",
                true,
                0.9,
                TIMES,
                results -> results.figure("mysql/rows", "ratio")));
        goals.add(atMost("Memory of an idle rule, shared streams", 20, " KB", kilobytes("idle/shared")));
        goals.add(atMost("Memory of an idle rule, own streams", 20, " KB", kilobytes("idle/own")));
        goals.add(distribution("Start to the first result of a stored rule", 2, " s", "secondsOneRule"));
        goals.add(atMost(
                "The same after `varuna archive`",
                2,
                " s",
                results -> results.figure("distribution/archive", "secondsOneRule")));
        goals.add(distribution("Resident with one rule that reads MQTT", 100, " MB", "megabytesFewMessages"));
        goals.add(distribution("Processor time when idle, in hundredths of a core", 1, " %", "percentIdle"));
        return List.copyOf(goals);
    }

    /** What {@code ours} takes is to be at most one of so many parts of what {@code theirs} takes. */
    private static Goal faster(String text, double limit, String theirs, String ours) {
        return new Goal(text, true, limit, TIMES, times(theirs, ours));
    }

    private static Goal allocated(String text, String subject) {
        return atMost(text, 16, " B", results -> results.bytes(subject));
    }

    private static Goal atMost(String text, double limit, String unit, ToDoubleFunction<Results> value) {
        return new Goal(text, false, limit, unit, value);
    }

    private static Goal distribution(String text, double limit, String unit, String figure) {
        return atMost(text, limit, unit, results -> results.figure("distribution/usual", figure));
    }

    private static ToDoubleFunction<Results> times(String dividend, String divisor) {
        return results -> results.nanos(dividend) / results.nanos(divisor);
    }

    /** What a window adds to a rule, as a multiple of what decoding alone takes. */
    private static ToDoubleFunction<Results> added(String window) {
        return results -> results.figure(window, "nanosMore") / results.nanos("decode/small/varuna");
    }

    private static ToDoubleFunction<Results> kilobytes(String id) {
        return results -> results.figure(id, "bytesPerRule") / 1024;
    }
}
