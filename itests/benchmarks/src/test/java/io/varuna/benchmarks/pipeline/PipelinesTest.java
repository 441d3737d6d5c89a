package io.varuna.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared must give the same results, or the comparison means nothing. */
class PipelinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGES = 5_000;

    /** A message; 77 and 77.0 are the same number. */
    record Result(double f, long humidity) {}

    record Encoded(double f, long humidity, String status) {}

    /** Keeps what comes. */
    private static final class Kept implements Output {
        private final List<Result> messages = new ArrayList<>();

        @Override
        public void message(byte[] bytes, int offset, int length) {
            try {
                messages.add(JSON.readValue(bytes, offset, length, Result.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void giveTheSameResults(Shape shape) throws Exception {
        Messages messages = Messages.of(shape, MESSAGES, 100);
        Kept map = new Kept();
        assertThat(new MapPipeline(messages, map).run()).isEqualTo(MESSAGES);
        Kept limit = new Kept();
        assertThat(new SpeedOfLight(messages, limit).run()).isEqualTo(MESSAGES);
        Kept ours = new Kept();
        try (RuleTrial trial = new RuleTrial(messages, VarunaEngine.OUTPUT, ours)) {
            assertThat(trial.run()).isEqualTo(MESSAGES);
        }
        assertThat(map.messages).hasSizeBetween(MESSAGES / 3, MESSAGES / 2);
        assertThat(limit.messages).isEqualTo(map.messages);
        assertThat(ours.messages).isEqualTo(map.messages);
    }

    @Test
    void encodersWriteTheSame() throws Exception {
        List<Encoding> encodings =
                Stream.of(Encoding.Contender.values()).map(Encoding::of).toList();
        for (int i = 0; i < MESSAGES; i++) {
            Set<Encoded> encoded = new HashSet<>();
            for (Encoding encoding : encodings) {
                encoding.encodeNext();
                encoded.add(JSON.readValue(encoding.lastMessage(), Encoded.class));
            }
            assertThat(encoded).as("row %s", i).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void evaluateTheSame(Expressions.Query query) throws Exception {
        Expressions expected = Expressions.of(query, Expressions.Contender.CLOSURES);
        long rows = expected.run();
        assertThat(expected.passed()).isBetween(rows / 10, rows * 2 / 3);
        for (Expressions.Contender contender : Expressions.Contender.values()) {
            Expressions actual = Expressions.of(query, contender);
            assertThat(actual.run()).isEqualTo(rows);
            assertThat(actual.passed()).as("%s", contender).isEqualTo(expected.passed());
            assertThat(actual.sum()).as("%s", contender).isCloseTo(expected.sum(), withinPercentage(1e-6));
        }
    }

    @Test
    void tumblingWindowGivesARowForEachKey() throws Exception {
        String sql = "SELECT id, count(*) AS n FROM demo GROUP BY id, TUMBLINGWINDOW(ss, 1)";
        try (ClockedTrial trial = new ClockedTrial(Messages.of(Shape.SMALL, 1_000, 10), sql, 500, 1_000)) {
            trial.run();
            assertThat(trial.rows()).isEqualTo(20);
        }
    }

    @Test
    void windowInEventTimeGivesARowForEachKey() throws Exception {
        String sql = "SELECT id, count(*) AS n FROM demo GROUP BY id, TUMBLINGWINDOW(ss, 1)";
        try (EventTimeTrial trial = new EventTimeTrial(Messages.of(Shape.SMALL, 2_000, 10), sql, "500ms")) {
            trial.run();
            assertThat(trial.rows()).isEqualTo(10);
            trial.run();
            assertThat(trial.rows()).isEqualTo(30);
        }
    }

    @Test
    void joinsGiveAsManyRowsAsByHand() throws Exception {
        JoinByHand streams = JoinByHand.ofStreams();
        JoinByHand table = JoinByHand.withTable();
        try (JoinTrial ours = JoinTrial.ofStreams();
                JoinTrial oursWithTable = JoinTrial.withTable()) {
            assertThat(ours.run()).isEqualTo(streams.run());
            assertThat(ours.rows()).isEqualTo(streams.rows()).isPositive();
            assertThat(oursWithTable.run()).isEqualTo(table.run());
            assertThat(oursWithTable.rows()).isEqualTo(table.rows()).isPositive();
            assertThat(streams.sum() + table.sum()).isPositive();
        }
    }

    @Test
    void slidingWindowGivesARowForEachMessage() throws Exception {
        String sql = "SELECT avg(temperature) AS mean FROM demo GROUP BY SLIDINGWINDOW(ms, 100)";
        try (ClockedTrial trial = new ClockedTrial(Messages.of(Shape.SMALL, 1_000, 10), sql, 1, 1)) {
            trial.run();
            assertThat(trial.rows()).isEqualTo(1_000);
        }
    }

    @Test
    void idleRulesTakeMemory() throws Exception {
        try (IdleRules rules = new IdleRules(400, 4)) {
            rules.run();
            assertThat(rules.figures().get("bytesPerRule")).isPositive();
        }
    }
}
