package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that a source emits together. */
class PayloadsTest {
    private static final Instant START = Instant.parse("2026-01-15T06:00:00Z");

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(false);
    private final TestSink later = new TestSink(false);
    private final VirtualTime time = new VirtualTime(START);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink).sink("later", later))
            .time(time)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private void start(String id, String action) {
        engine.start(
                new RuleSpec(
                        id,
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo", "SHARED", "TRUE")),
                        List.of(new ActionSpec(action, 0, Map.of())),
                        RuleOptions.DEFAULT),
                new RuleListener() {
                    @Override
                    public void ended(String message) {}

                    @Override
                    public void failed(Exception cause) {
                        throw new AssertionError(cause);
                    }
                });
    }

    /** Numbers from 1, of which some may be broken. */
    static class Numbers implements Payloads {
        final List<Integer> askedPositions = new ArrayList<>();
        private final int size;
        private final int broken;

        Numbers(int size, int broken) {
            this.size = size;
            this.broken = broken;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public ByteBuffer payload(int index) {
            String text = index + 1 == broken ? "{\"n\":" : "{\"n\":" + (index + 1) + "}";
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Map<String, @Nullable Object> metadata(int index) {
            return Map.of();
        }

        @Override
        public Position position(int index) {
            askedPositions.add(index);
            return new Position("p", String.valueOf(index + 1));
        }
    }

    private static List<Object> numbers(TestSink of) {
        return of.rows.stream().<Object>map(row -> row.get("n")).toList();
    }

    private static List<Object> range(long from, long to) {
        return LongStream.rangeClosed(from, to).<Object>mapToObj(n -> n).toList();
    }

    @Test
    void comeInOrderAndArePositionedWhereABatchEnds() throws Exception {
        start("r1", "test");
        Numbers numbers = new Numbers(600, 0);

        stream.emit(numbers);
        time.advanceTo(START.plus(Duration.ofSeconds(1)));

        assertThat(numbers(sink)).isEqualTo(range(1, 600));
        assertThat(numbers.askedPositions).containsExactly(255, 511, 599);
        assertThat(stream.committed).last().isEqualTo("600");
    }

    @Test
    void oneThatIsBrokenDoesNotKeepBackTheOthers() throws Exception {
        start("r1", "test");

        stream.emit(new Numbers(10, 10));
        time.advanceTo(START.plus(Duration.ofSeconds(1)));

        assertThat(numbers(sink)).isEqualTo(range(1, 9));
        assertThat(stream.committed).containsExactly("10");
    }

    @Test
    void arePositionedWhereTheRulesChange() throws Exception {
        start("r1", "test");
        Numbers numbers = new Numbers(10, 0) {
            @Override
            public ByteBuffer payload(int index) {
                if (index == 4) {
                    start("r2", "later");
                }
                return super.payload(index);
            }
        };

        stream.emit(numbers);
        time.advanceTo(START.plus(Duration.ofSeconds(1)));

        assertThat(numbers(sink)).isEqualTo(range(1, 10));
        assertThat(numbers(later)).isEqualTo(range(6, 10));
        assertThat(numbers.askedPositions).containsExactly(4, 9);
        assertThat(stream.committed).last().isEqualTo("10");
    }
}
