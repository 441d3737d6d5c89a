package io.varuna.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineTimeTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @Test
    void aVirtualClockFiresAlarmsInOrderAtTheirTimes() {
        VirtualTime time = new VirtualTime(START);
        List<String> fired = new ArrayList<>();
        time.schedule(START.plusSeconds(2), () -> fired.add("b " + time.clock().instant()));
        time.schedule(START.plusSeconds(1), () -> {
            fired.add("a " + time.clock().instant());
            time.schedule(START.plusSeconds(2), () -> fired.add("c"));
            time.execute(() -> fired.add("task"));
        });
        Alarm cancelled = time.schedule(START.plusSeconds(1), () -> fired.add("never"));
        cancelled.cancel();

        time.advanceTo(START.plusSeconds(5));

        assertThat(fired).containsExactly("a 2025-01-01T00:00:01Z", "task", "b 2025-01-01T00:00:02Z", "c");
        assertThat(time.clock().instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void aVirtualClockDoesNotGoBack() {
        VirtualTime time = new VirtualTime(START);

        time.advanceTo(START.minusSeconds(1));

        assertThat(time.clock().instant()).isEqualTo(START);
    }

    @Test
    void tasksThatWaitDoNotKeepOthersFromRunning() throws Exception {
        RealTime time = new RealTime();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(100);
        CountDownLatch ran = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        try {
            for (int i = 0; i < 100; i++) {
                time.execute(() -> {
                    waiting.countDown();
                    await(gate);
                });
            }
            assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
            time.execute(ran::countDown);
            time.wake(time.clock().instant(), woken::countDown);

            assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(woken.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            gate.countDown();
            time.close();
        }
    }

    @Test
    void tasksBeyondTheMostThreadsRunWhenOthersAreDone() throws Exception {
        RealTime time = new RealTime();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(600);
        try {
            for (int i = 0; i < 600; i++) {
                time.deliver(() -> {
                    await(gate);
                    done.countDown();
                });
            }
            gate.countDown();

            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            time.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
