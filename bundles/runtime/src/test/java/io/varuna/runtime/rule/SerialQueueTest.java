package io.varuna.runtime.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueueTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final SerialQueue queue = new SerialQueue("A task", threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void runsTasksInOrderAndOneAtATime() throws Exception {
        // not thread-safe: the queue is what makes this right
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            expected.add(number);
            queue.execute(() -> order.add(number));
        }
        queue.submit(() -> {}).get(30, TimeUnit.SECONDS);

        assertThat(order).isEqualTo(expected);
    }

    @Test
    void tellsWhoWaitsAboutAFailureAndGoesOn() {
        CompletableFuture<Void> failing = queue.submit(() -> {
            throw new IllegalArgumentException("no");
        });
        queue.execute(() -> {
            throw new AssertionError("logged, and no more");
        });

        assertThatThrownBy(failing::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(queue.submit(() -> {})).succeedsWithin(Duration.ofSeconds(30));
    }
}
