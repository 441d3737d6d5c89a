package io.varuna.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.CellKind;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.OutputColumns;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.data.Results;
import io.varuna.engine.sink.SinkQueue.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SinkQueueTest {
    private static final int MOST_TOGETHER = 512;

    private final SinkQueue queue = new SinkQueue();

    @Test
    void putsColumnsOfOneShapeTogether() {
        OutputColumns.Shape shape = shape("a", "b");
        queue.add(Item.of(columns(shape, 256, 0)));
        queue.add(Item.of(columns(shape, 200, 256)));
        queue.add(Item.of(columns(shape, 256, 456)));

        Item first = take();
        Item second = take();

        assertThat(first.results().columns()).isNotNull();
        assertThat(texts(first)).hasSize(456).startsWith("{a=0, b=text 0}").endsWith("{a=455}");
        assertThat(texts(second)).hasSize(256).startsWith("{a=456, b=text 456}");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void makesNoRowsOfManyColumnsForOthers() {
        queue.add(Item.of(columns(shape("a", "b"), 256, 0)));
        queue.add(Item.of(columns(shape("c", "d"), 10, 256)));

        assertThat(take().results().columns()).isNotNull();
        assertThat(texts(take())).startsWith("{c=256, d=text 256}");
    }

    @Test
    void keepsOrderAndMarkersWhateverComesTogether() {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<OutputColumns.Shape> shapes = List.of(shape("a", "b"), shape("a", "b"), shape("c", "d"));
        for (int round = 0; round < 200; round++) {
            List<String> given = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Item item = item(shapes.get(random.nextInt(shapes.size())), i, random);
                given.addAll(texts(item));
                queue.add(item);
            }
            List<String> taken = new ArrayList<>();
            for (Item item = queue.poll(); item != null; item = queue.poll()) {
                assertThat(item.results().size()).isLessThanOrEqualTo(MOST_TOGETHER);
                taken.addAll(texts(item));
            }
            assertThat(taken).as("seed %d, round %d", seed, round).isEqualTo(given);
        }
    }

    private Item take() {
        return Objects.requireNonNull(queue.poll());
    }

    private static Item item(OutputColumns.Shape shape, int number, Random random) {
        if (random.nextInt(8) == 0) {
            return Item.of(new Marker(Marker.Kind.TAKEN, number, sink -> {}));
        }
        int rows = random.nextBoolean() ? random.nextInt(1, 5) : random.nextInt(1, 300);
        Results columns = columns(shape, rows, number * 1_000);
        return Item.of(random.nextInt(3) == 0 ? new Results(columns.results()) : columns);
    }

    private static OutputColumns.Shape shape(String first, String second) {
        return new OutputColumns.Shape(
                Schema.of(new Column(first, DataType.ANY), new Column(second, DataType.ANY)),
                List.of(CellKind.MISSING, CellKind.MISSING),
                List.of(CellKind.NULL, CellKind.NULL));
    }

    /** Returns rows with a number and, unless it is odd, a text. */
    private static Results columns(OutputColumns.Shape shape, int rows, int from) {
        RecordColumns records = new RecordColumns(rows);
        records.begin(2, null);
        for (int i = from; i < from + rows; i++) {
            records.add(new @Nullable Object[] {(long) i, i % 2 == 0 ? "text " + i : Missing.VALUE});
        }
        ColumnBatch batch = records.batch();
        ColumnVector[] vectors = {batch.column(0), batch.column(1)};
        return Results.of(OutputColumns.of(shape, vectors, batch)).kept();
    }

    private static List<String> texts(Item item) {
        Marker marker = item.marker();
        return marker == null
                ? item.results().rows().stream().map(OutputRow::toString).toList()
                : Stream.of("marker " + marker.checkpointId()).toList();
    }
}
