package io.varuna.benchmarks;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.ClockedTrial;
import io.varuna.benchmarks.pipeline.EventTimeTrial;
import io.varuna.benchmarks.pipeline.JoinByHand;
import io.varuna.benchmarks.pipeline.JoinTrial;
import io.varuna.benchmarks.pipeline.Trial;
import java.util.List;
import java.util.concurrent.Callable;

/** What is measured of windows. */
final class WindowSections {
    private static final int LARGE_HEAP = 1536;

    private WindowSections() {}

    static Section windows() {
        String columns = "SELECT id, count(*) AS n, sum(temperature) AS s, min(temperature) AS lo,"
                + " max(temperature) AS hi FROM demo GROUP BY id, ";
        String nothing = "SELECT id, temperature FROM demo WHERE temperature > 1000";
        String sliding = "SELECT avg(temperature) AS mean, max(temperature) AS hi FROM demo GROUP BY ";
        return new Section(
                "windows",
                "Windows",
                "Small messages; count, sum, least and largest for each key. The time of each row is that of the whole"
                        + " rule: the rule that lets nothing pass is what it costs without a window. With a million keys"
                        + " each message is a group of its own, and the result has a million rows, which are handed on in"
                        + " columns. Of a sliding window's time most goes into the result that each row has, and its way to"
                        + " the sink; mean and greatest are kept in arrays, whatever the size of the window. In event"
                        + " time rows wait, in columns, until none that is older can come: a tenth of the time."
                        + " As much is making the times of the messages later from round to round; what else there is more"
                        + " than in processing time is decoding them."
                        + " *Nanos more* is what a message costs more than by the rule that lets nothing pass: measured in"
                        + " turns, with the same messages, in one process, as the difference of two times that are"
                        + " measured by themselves varies more than what is to be told. With 10 000 keys somewhat more"
                        + " than half of it is finding the group of each row, by the words of its key, and the rest adding"
                        + " to four columns of results (profile of 29 November 2026).",
                List.of(
                        clocked("none", "no window", nothing, 50_000, 10_000, 50_000, 10_000),
                        clocked(
                                        "tumbling-10k",
                                        "tumbling, 10 000 keys",
                                        columns + "TUMBLINGWINDOW(ss, 10)",
                                        500_000,
                                        10_000,
                                        500_000,
                                        10_000)
                                .inTurnsWith(trial(nothing, 500_000, 10_000, 500_000, 10_000)),
                        clocked(
                                        "tumbling-1m",
                                        "tumbling, 1 000 000 keys",
                                        columns + "TUMBLINGWINDOW(ss, 10)",
                                        1_000_000,
                                        1_000_000,
                                        1_000_000,
                                        10_000)
                                .inTurnsWith(trial(nothing, 1_000_000, 1_000_000, 1_000_000, 10_000))
                                .withHeap(LARGE_HEAP),
                        clocked(
                                "tumbling-1k",
                                "tumbling, 1 000 keys, 100 000 rows a second",
                                columns + "TUMBLINGWINDOW(ss, 1)",
                                100_000,
                                1_000,
                                100_000,
                                1_000),
                        eventTime(
                                "event-tumbling",
                                "tumbling in event time, 1 000 keys",
                                columns + "TUMBLINGWINDOW(ss, 100)",
                                "1s"),
                        eventTime(
                                "event-waiting",
                                "tumbling in event time, 1 000 keys, 100 000 rows wait",
                                columns + "TUMBLINGWINDOW(ss, 100)",
                                "100s"),
                        clocked(
                                "hopping-60",
                                "hopping, 60 panes, 1 000 keys, 100 000 rows a second",
                                columns + "HOPPINGWINDOW(ss, 60, 1)",
                                100_000,
                                1_000,
                                100_000,
                                1_000),
                        clocked("each-none", "no window, a tick for each row", nothing, 20_000, 1_000, 1, 1),
                        clocked(
                                "sliding-100",
                                "sliding, 100 rows",
                                sliding + "SLIDINGWINDOW(ms, 100)",
                                20_000,
                                1_000,
                                1,
                                1),
                        clocked(
                                "sliding-10k",
                                "sliding, 10 000 rows",
                                sliding + "SLIDINGWINDOW(ms, 10000)",
                                20_000,
                                1_000,
                                1,
                                1)));
    }

    private static Subject clocked(
            String id, String label, String sql, int messages, int keys, int messagesPerStep, long stepMillis) {
        return Subject.of("window/" + id, label, trial(sql, messages, keys, messagesPerStep, stepMillis))
                .withHeap(512);
    }

    private static Callable<Trial> trial(String sql, int messages, int keys, int messagesPerStep, long stepMillis) {
        return () -> new ClockedTrial(Messages.of(Shape.SMALL, messages, keys), sql, messagesPerStep, stepMillis);
    }

    static Section joins() {
        return new Section(
                "joins",
                "Joins",
                "Two streams are joined within a window of a second, in which each of them has 1 000 messages with keys of their"
                        + " own; and a stream with a table of 10 000 rows. By hand it is a map of lists, and no row is made."
                        + " Ours keeps rows as objects, for conditions of any form, and finds them by their keys. With the table a"
                        + " third of the time is waiting for the memory of the map, and a sixth making objects of the texts;"
                        + " each row is a result of its own.",
                List.of(
                        Subject.of("join/streams-limit", "two streams in a window, by hand", JoinByHand::ofStreams),
                        Subject.of("join/streams", "two streams in a window, Varuna", JoinTrial::ofStreams),
                        Subject.of("join/table-limit", "stream with a table, by hand", JoinByHand::withTable),
                        Subject.of("join/table", "stream with a table, Varuna", JoinTrial::withTable)));
    }

    /** A window of 100 000 messages, whose times are a millisecond apart. */
    private static Subject eventTime(String id, String label, String sql, String lateTolerance) {
        return Subject.of(
                        "window/" + id,
                        label,
                        () -> new EventTimeTrial(Messages.of(Shape.SMALL, 100_000, 1_000), sql, lateTolerance))
                .withHeap(512);
    }
}
