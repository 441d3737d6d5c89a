package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.Output;
import io.varuna.benchmarks.pipeline.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a message takes from the broker to the sink while half as many come as a rule can take. A message's time begins
 * when it is due to be sent, so that one which waits behind others counts in full.
 */
public final class LatencyTrial implements Trial {
    private static final int MESSAGES = 50_000;
    private static final int WARM_UP = 60;
    private static final int FULL_LOAD = 20;
    private static final int HALF_LOAD = 20;
    private static final long LOOK = Duration.ofMillis(1).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICROSECOND = 1e3;

    private final BlasterProcess broker;
    private final AutoCloseable client;
    private final Arrivals arrivals = new Arrivals();
    private final long[] latencies = new long[HALF_LOAD * MESSAGES];
    private double perSecond;

    private LatencyTrial(int qos) throws Exception {
        broker = new BlasterProcess(Shape.SMALL, MESSAGES, qos);
        client = MqttTrial.rule("SELECT temperature * 1.8 + 32 AS f, humidity FROM demo", broker, arrivals);
    }

    /** The plugin {@code mqtt} and a rule that lets everything pass. */
    public static LatencyTrial varuna(int qos) throws Exception {
        return new LatencyTrial(qos);
    }

    /** Notes when results come, which they do in the order of the messages. */
    private static final class Arrivals implements Output {
        private final long[] times = new long[MESSAGES];
        private volatile int count;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void message(byte[] bytes, int offset, int length) {
            times[count] = System.nanoTime();
            count++;
        }

        void await() {
            long start = System.nanoTime();
            while (count < MESSAGES) {
                LockSupport.parkNanos(LOOK);
                if (System.nanoTime() - start > PATIENCE) {
                    throw new IllegalStateException("Only " + count + " of " + MESSAGES + " results came");
                }
            }
        }
    }

    @Override
    public long run() throws IOException {
        blast(WARM_UP);
        long start = System.nanoTime();
        blast(FULL_LOAD);
        perSecond = FULL_LOAD * MESSAGES / ((System.nanoTime() - start) / NANOS_PER_SECOND) / 2;
        for (int i = 0; i < HALF_LOAD; i++) {
            arrivals.count = 0;
            long first = broker.send((int) perSecond);
            arrivals.await();
            for (int j = 0; j < MESSAGES; j++) {
                long due = first + (long) (j * NANOS_PER_SECOND / (int) perSecond);
                latencies[i * MESSAGES + j] = arrivals.times[j] - due;
            }
        }
        Arrays.sort(latencies);
        return (long) (WARM_UP + FULL_LOAD + HALF_LOAD) * MESSAGES;
    }

    private void blast(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            arrivals.count = 0;
            broker.send();
            arrivals.await();
        }
    }

    private double microseconds(double part) {
        return latencies[(int) (part * (latencies.length - 1))] / NANOS_PER_MICROSECOND;
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of(
                "messagesPerSecond", perSecond,
                "p50Microseconds", microseconds(0.5),
                "p99Microseconds", microseconds(0.99),
                "p999Microseconds", microseconds(0.999));
    }

    @Override
    public void close() throws Exception {
        broker.close();
        client.close();
    }
}
