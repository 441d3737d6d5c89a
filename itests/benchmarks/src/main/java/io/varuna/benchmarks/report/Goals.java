package io.varuna.benchmarks.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the project sets out to reach. */
final class Goals {
    private static final String TIMES = " x";

    private Goals() {}

    static List<Goal> all() {
        return List.of(
                atLeast(
                        "Memory to JSON, small: speed by hand to ours",
                        0.6,
                        times("memory/small/limit", "memory/small/varuna")),
                atLeast(
                        "Memory to JSON, large: speed by hand to ours",
                        0.6,
                        times("memory/large/limit", "memory/large/varuna")),
                atLeast(
                        "Memory to JSON, small: against Jackson and maps",
                        5,
                        times("memory/small/map", "memory/small/varuna")),
                atLeast(
                        "Memory to JSON, large: against Jackson and maps",
                        5,
                        times("memory/large/map", "memory/large/varuna")),
                atLeast(
                        "Decoding, small: against Jackson streaming",
                        4,
                        times("decode/small/jackson", "decode/small/varuna")),
                atLeast(
                        "Decoding, large: against Jackson streaming",
                        4,
                        times("decode/large/jackson", "decode/large/varuna")),
                atLeast(
                        "MQTT to JSON, QoS 0: against Paho, Jackson and maps",
                        30,
                        times("mqtt/paho-0", "mqtt/varuna-0")),
                atLeast(
                        "MQTT to JSON, QoS 1: against Paho, Jackson and maps",
                        20,
                        times("mqtt/paho-1", "mqtt/varuna-1")),
                atMost(
                        "1 000 rules on a stream: a rule against a message with one rule",
                        0.1,
                        TIMES,
                        results -> (results.nanos("rules/1000") - results.nanos("rules/1"))
                                / 999
                                / results.nanos("rules/1")),
                atMost("Tumbling window, 10 000 keys: added to decoding", 0.6, TIMES, added("window/tumbling-10k")),
                atMost("Tumbling window, 1 000 000 keys: added to decoding", 5, TIMES, added("window/tumbling-1m")),
                atMost(
                        "Hopping window of 60 panes against tumbling",
                        2,
                        TIMES,
                        times("window/hopping-60", "window/tumbling-1k")),
                atMost(
                        "Sliding window: 10 000 rows against 100, without what a rule costs anyway",
                        1.5,
                        TIMES,
                        results -> (results.nanos("window/sliding-10k") - results.nanos("window/each-none"))
                                / (results.nanos("window/sliding-100") - results.nanos("window/each-none"))),
                atMost(
                        "Allocated per message, nothing encoded",
                        16,
                        " B",
                        results -> results.bytes("memory/small/varuna-nop")),
                atMost("Allocated per message, with JSON", 16, " B", results -> results.bytes("memory/small/varuna")),
                atLeast(
                        "Rows into MySQL, against a loop by hand",
                        0.9,
                        results -> results.figure("mysql/rows", "ratio")),
                atMost("Memory of an idle rule, shared streams", 20, " KB", kilobytes("idle/shared")),
                atMost("Memory of an idle rule, own streams", 20, " KB", kilobytes("idle/own")));
    }

    private static Goal atLeast(String text, double limit, ToDoubleFunction<Results> value) {
        return new Goal(text, true, limit, TIMES, value);
    }

    private static Goal atMost(String text, double limit, String unit, ToDoubleFunction<Results> value) {
        return new Goal(text, false, limit, unit, value);
    }

    private static ToDoubleFunction<Results> times(String dividend, String divisor) {
        return results -> results.nanos(dividend) / results.nanos(divisor);
    }

    /** What a window adds to a rule, as a multiple of what decoding alone takes. */
    private static ToDoubleFunction<Results> added(String window) {
        return results -> (results.nanos(window) - results.nanos("window/none")) / results.nanos("decode/small/varuna");
    }

    private static ToDoubleFunction<Results> kilobytes(String id) {
        return results -> results.figure(id, "bytesPerRule") / 1024;
    }
}
