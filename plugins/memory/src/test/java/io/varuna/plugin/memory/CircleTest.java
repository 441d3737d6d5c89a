package io.varuna.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two rules that feed each other, through queues that are far too short. */
@Timeout(60)
class CircleTest {
    private static final int RECORDS = 40;
    private static final long ROUNDS = 6;

    @Test
    void rulesInACircleLoseNothingAndGoOn() throws Exception {
        CountDownLatch finished = new CountDownLatch(RECORDS);
        try (Topics topics = new Topics(Duration.ofMillis(5));
                Subscription one = new Subscription(topics, TopicFilter.of("one", "one"), 2, "one");
                Subscription other = new Subscription(topics, TopicFilter.of("other", "other"), 2, "other")) {
            one.start(new Rule(topics, "other", finished));
            other.start(new Rule(topics, "one", finished));
            List<Published> rows = new ArrayList<>();
            for (long i = 0; i < RECORDS; i++) {
                rows.add(row("one", i, 0));
            }
            topics.publish("one", rows);
            assertThat(finished.await(50, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Published row(String topic, long id, long round) {
        return new Published(topic, Map.of("id", id, "round", round), RowKind.INSERT, null);
    }

    /** Passes on every row, on the thread that emits it, until it has gone round often enough. */
    private record Rule(Topics topics, String topic, CountDownLatch finished) implements SourceOutput {
        @Override
        @SuppressWarnings(
                "NullAway") // javac before 17.0.16 does not see the annotations of type arguments in class files
        public void emit(
                Map<String, @Nullable Object> row, Map<String, @Nullable Object> metadata, @Nullable Position position)
                throws InterruptedException {
            long round = (long) row.get("round");
            if (round == ROUNDS) {
                finished.countDown();
            } else {
                topics.publish(topic, List.of(row(topic, (long) row.get("id"), round + 1)));
            }
        }

        @Override
        public void emit(ByteBuffer payload, Map<String, @Nullable Object> metadata, @Nullable Position position) {
            throw new AssertionError("Rows are not encoded");
        }

        @Override
        public void flush() {
            // every row was passed on when it came
        }

        @Override
        public void reject(Exception cause, @Nullable ByteBuffer raw) {
            throw new AssertionError(cause);
        }

        @Override
        public void requestCommit() {
            throw new AssertionError("Rows have no positions");
        }

        @Override
        public void end() {
            throw new AssertionError("Topics have no end");
        }
    }
}
