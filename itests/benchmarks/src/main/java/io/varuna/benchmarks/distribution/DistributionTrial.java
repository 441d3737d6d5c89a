package io.varuna.benchmarks.distribution;

import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.mqtt.BlasterProcess;
import io.varuna.benchmarks.pipeline.Question;
import io.varuna.benchmarks.pipeline.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the distribution with stored rules, and watches it with one rule that reads MQTT. */
public final class DistributionTrial implements Trial {
    private static final String TICKS =
            "CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\", SHARED=\"TRUE\","
                    + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"50ms\\\", \\\"loop\\\": true}\")";
    private static final int A_SECOND = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LOOK_MILLIS = 200;

    private final String profile;
    private final boolean archive;
    private final Extent extent;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /**
     * How much is tried.
     *
     * @param starts how often it is started, of which the median counts
     * @param rules how many rules are stored at the end
     * @param settling what the start has stirred up may settle for so long
     * @param watching how long it is watched when it is idle, and when few messages come
     * @param bursts how many times so many messages come as fast as they are read
     */
    public record Extent(int starts, int rules, Duration settling, Duration watching, int bursts) {
        /** Enough for figures. */
        public static final Extent FULL = new Extent(3, 1_000, Duration.ofSeconds(65), Duration.ofSeconds(30), 30_000);

        /** Enough to see that all results come. */
        public static final Extent SHORT = new Extent(1, 3, Duration.ZERO, Duration.ofSeconds(1), 100);

        int messages() {
            return (int) watching.toSeconds() * A_SECOND;
        }
    }

    /**
     * Creates the trial.
     *
     * @param profile value of {@code VARUNA_PROFILE}, or empty
     * @param archive whether starts have an archive of classes
     */
    public DistributionTrial(String profile, boolean archive, Extent extent) {
        this.profile = profile;
        this.archive = archive;
        this.extent = extent;
    }

    @Override
    public long run() throws Exception {
        startWithRules();
        return watchRule();
    }

    private void startWithRules() throws Exception {
        try (ResultServer results = new ResultServer();
                Distribution distribution = Distribution.start(profile, archive)) {
            figures.put("megabytesOnDisk", distribution.megabytesOnDisk());
            distribution.createStream(TICKS);
            createPosting(distribution, "first", results);
            results.first();
            double[] seconds = new double[extent.starts()];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = secondsToResult(distribution, results);
            }
            Arrays.sort(seconds);
            figures.put("secondsOneRule", seconds[seconds.length / 2]);
            for (int i = 0; i < extent.rules(); i++) {
                distribution.createRule("rule" + i, "SELECT n FROM ticks WHERE n > " + i, "nop", Map.of());
            }
            figures.put("secondsManyRules", secondsToResult(distribution, results));
        }
    }

    private static void createPosting(Distribution distribution, String id, ResultServer results)
            throws IOException, InterruptedException {
        distribution.createRule(id, "SELECT n FROM ticks", "rest", Map.of("url", results.url(), "sendSingle", true));
    }

    /** Stops it and starts it again; returns how long it takes to the first result. */
    private static double secondsToResult(Distribution distribution, ResultServer results) throws Exception {
        distribution.stop();
        results.clear();
        long before = distribution.startAgain();
        double seconds = (results.first() - before) / NANOS_PER_SECOND;
        distribution.awaitAnswer();
        return seconds;
    }

    private long watchRule() throws Exception {
        try (BlasterProcess broker = new BlasterProcess(Shape.SMALL, extent.messages(), 0);
                Distribution distribution = Distribution.start(profile, archive)) {
            distribution.createStream(broker.stream());
            distribution.createStoppedRule("question", Question.SQL);
            // with a stored rule the compiler is not loaded, as on any day but the first; the broker has one client
            distribution.stop();
            distribution.startAgain();
            distribution.awaitAnswer();
            distribution.startRule("question");
            TimeUnit.NANOSECONDS.sleep(extent.settling().toNanos());
            figures.put("percentIdle", percent(distribution));
            broker.send(A_SECOND);
            figures.put("percentFewMessages", percent(distribution));
            figures.put("megabytesFewMessages", distribution.residentMegabytes());
            await(distribution, broker.passing());
            long messages = (long) extent.bursts() * extent.messages();
            Duration before = distribution.processorTime();
            long start = System.nanoTime();
            for (int i = 0; i < extent.bursts(); i++) {
                broker.send();
            }
            double most = await(distribution, (1L + extent.bursts()) * broker.passing());
            figures.put("megabytesFullLoad", most);
            figures.put("messagesPerSecond", messages / ((System.nanoTime() - start) / NANOS_PER_SECOND));
            figures.put(
                    "nanosPerMessage",
                    (double) distribution.processorTime().minus(before).toNanos() / messages);
            return messages;
        }
    }

    /** Watches for some time; returns the processor time in hundredths of what passed. */
    private double percent(Distribution distribution) throws InterruptedException {
        Duration before = distribution.processorTime();
        TimeUnit.NANOSECONDS.sleep(extent.watching().toNanos());
        return 100.0
                * distribution.processorTime().minus(before).toNanos()
                / extent.watching().toNanos();
    }

    /** Returns when so many rows have come through the rule: the most memory that was resident meanwhile. */
    private static double await(Distribution distribution, long rows) throws IOException, InterruptedException {
        double most = distribution.residentMegabytes();
        long seen = -1;
        long progress = System.nanoTime();
        for (long now = 0; now < rows; now = distribution.rows("question")) {
            if (now != seen) {
                seen = now;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > 60 * NANOS_PER_SECOND) {
                throw new IllegalStateException("Only " + now + " of " + rows + " rows came");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            most = Math.max(most, distribution.residentMegabytes());
        }
        return most;
    }

    @Override
    public Map<String, Double> figures() {
        return figures;
    }
}
