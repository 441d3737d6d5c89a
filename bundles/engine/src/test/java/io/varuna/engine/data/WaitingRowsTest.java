package io.varuna.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Missing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law: rows come out as from a list that is sorted by time, however they came and are taken. */
class WaitingRowsTest {
    private static final int STEPS = 400;

    private final WaitingRows waiting = new WaitingRows();
    private final List<Expected> expected = new ArrayList<>();
    private final Scratch scratch = new Scratch(16);

    private record Expected(List<@Nullable Object> row, long time, @Nullable Object tag) {
        static Expected of(@Nullable Object[] row, long time, @Nullable Object tag) {
            return new Expected(new ArrayList<>(Arrays.asList(row)), time, tag);
        }
    }

    /** {@code disorder} says how much earlier a row may be than one before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1_000})
    void rowsComeOutInTheOrderOfTheirTimes(int disorder) {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        long now = 0;
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(40);
            RecordColumns batch = batch(random, now, disorder);
            int[] places = new int[batch.size()];
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (random.nextInt(4) > 0) {
                    places[count++] = row;
                    expected.add(Expected.of(
                            batch.batch().row(row),
                            batch.batch().time(row),
                            batch.batch().tag(row)));
                }
            }
            waiting.add(batch.batch(), places, count, 2);
            batch.truncate(0);
            expected.sort(Comparator.comparingLong(Expected::time));

            take(random, now - random.nextInt(2 * disorder), seed);
            assertThat(waiting.size()).as("seed %d", seed).isEqualTo(expected.size());
            assertThat(waiting.firstTime())
                    .as("seed %d", seed)
                    .isEqualTo(expected.isEmpty() ? Long.MAX_VALUE : expected.get(0).time);
            if (step % 50 == 0) {
                assertThat(shown()).as("seed %d", seed).isEqualTo(expected);
            }
        }
        take(random, Long.MAX_VALUE - 1, seed);
        assertThat(expected).as("seed %d", seed).isEmpty();
        assertThat(waiting.size()).as("seed %d", seed).isZero();
    }

    private static RecordColumns batch(Random random, long now, int disorder) {
        RecordColumns batch = new RecordColumns(4);
        batch.begin(2, null);
        boolean tagged = random.nextInt(4) == 0;
        for (int left = random.nextInt(30); left > 0; left--) {
            // times are often equal
            batch.arrival((now + random.nextInt(40) - random.nextInt(disorder)) / 5 * 5, tagged ? left : null);
            byte[] text = ("text " + random.nextInt(100)).getBytes(StandardCharsets.UTF_8);
            batch.putText(0, text, 0, text.length);
            batch.putObject(1, List.of(left));
            switch (random.nextInt(5)) {
                case 0 -> batch.putLong(1, random.nextLong());
                case 1 -> batch.putDouble(1, random.nextDouble());
                case 2 -> batch.putNull(1);
                case 3 -> batch.column(1).putMissing(batch.size());
                default -> {}
            }
            batch.endRecord();
        }
        return batch;
    }

    private void take(Random random, long until, long seed) {
        int most = 1 + random.nextInt(60);
        for (int count = waiting.take(until, most); count > 0; count = waiting.take(until, most)) {
            List<Expected> first = new ArrayList<>(expected.subList(0, count));
            expected.subList(0, count).clear();
            assertThat(first).as("seed %d", seed).allMatch(row -> row.time <= until);
            assertThat(taken(random.nextBoolean())).as("seed %d", seed).isEqualTo(first);
        }
        assertThat(expected).as("seed %d", seed).allMatch(row -> row.time > until);
        waiting.settle();
    }

    private List<Expected> taken(boolean inColumns) {
        List<Expected> taken = new ArrayList<>();
        if (inColumns) {
            scratch.release();
            ColumnBatch batch = waiting.columns(scratch);
            for (int row = 0; row < batch.size(); row++) {
                taken.add(Expected.of(batch.row(row), batch.time(row), batch.tag(row)));
            }
            return taken;
        }
        RowBatch rows = new RowBatch();
        waiting.addTo(rows);
        for (int i = 0; i < rows.size(); i++) {
            taken.add(Expected.of(rows.row(i), rows.time(i), rows.tag(i)));
        }
        return taken;
    }

    private List<Expected> shown() {
        List<Expected> shown = new ArrayList<>();
        waiting.forEach((row, time, tag) -> shown.add(Expected.of(row, time, tag)));
        return shown;
    }

    @Test
    void rowsOfAnotherWidthMayComeWhenNoneWaits() {
        waiting.add(new @Nullable Object[] {1L}, 10, null);
        waiting.clear();
        waiting.add(new @Nullable Object[] {Missing.VALUE, "b"}, 5, Map.of("topic", "t"));

        assertThat(shown())
                .containsExactly(Expected.of(new @Nullable Object[] {Missing.VALUE, "b"}, 5, Map.of("topic", "t")));
    }
}
