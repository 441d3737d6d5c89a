package io.varuna.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law: keys have the numbers that a map of keys as objects gives them, however they come, and are shown as they came up. */
class GroupTableTest {
    private static final int BATCH = 500;
    private static final int BATCHES = 40;

    private final long seed = Long.getLong("varuna.seed", 1);
    private final Random random = new Random(seed);
    private int width;
    private final KeyWords room = new KeyWords();
    private final Map<Object, Integer> numbers = new LinkedHashMap<>();
    private final List<@Nullable Object[]> firsts = new ArrayList<>();

    private @Nullable Object value() {
        int number = random.nextInt(60);
        return switch (random.nextInt(11)) {
            case 0 -> (long) number;
            case 1 -> (double) number;
            case 2 -> number / 4.0;
            case 3 -> "text " + number * number;
            case 4 -> "a text of more than eight bytes, number " + number;
            case 5 -> "größer als " + number + " \uD83C\uDF21";
            case 6 -> random.nextBoolean();
            case 7 -> random.nextBoolean() ? null : Missing.VALUE;
            case 8 -> List.of(number);
            case 9 -> number % 2 == 0 ? "half a pair \uD83C" : "half a pair ?";
            default -> List.of(
                            -0.0,
                            0L,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            9007199254740993L,
                            9007199254740992.0,
                            Long.MAX_VALUE,
                            9.223372036854776E18)
                    .get(number % 8);
        };
    }

    private @Nullable Object[] key() {
        @Nullable Object[] key = {value(), random.nextInt(4) == 0 ? value() : Long.valueOf(1)};
        return Arrays.copyOf(key, width);
    }

    /** What a key is in the end: a column that is missing counts as NULL, and a text of bytes is one of characters. */
    private static @Nullable Object[] meant(@Nullable Object[] key) {
        return Arrays.stream(key)
                .map(value -> value == Missing.VALUE ? null : value)
                .toArray();
    }

    private int expected(@Nullable Object[] key) {
        return numbers.computeIfAbsent(GroupKeys.mapKey(key), missing -> {
            firsts.add(key);
            return firsts.size() - 1;
        });
    }

    private void addBatch(GroupTable table) {
        RecordColumns columns = new RecordColumns(16);
        columns.begin(width, null);
        List<@Nullable Object[]> keys = new ArrayList<>();
        for (int row = 0; row < BATCH; row++) {
            @Nullable Object[] key = key();
            for (int i = 0; i < width; i++) {
                boolean whole =
                        !(key[i] instanceof String text) || new String(utf8(text), StandardCharsets.UTF_8).equals(text);
                if (key[i] instanceof String text && whole && random.nextInt(3) > 0) {
                    columns.putText(i, utf8(text), 0, utf8(text).length);
                } else {
                    columns.column(i).put(row, key[i]);
                }
            }
            if (random.nextInt(50) == 0) {
                // two texts of bytes that are none, and mean the same
                byte[] bytes = {'x', (byte) (random.nextBoolean() ? 0xC3 : 0xE2)};
                columns.putText(0, bytes, 0, 2);
                key[0] = "x\uFFFD";
            }
            columns.endRecord();
            keys.add(meant(key));
        }
        ColumnBatch batch = columns.batch();
        GroupedBatch rows = new GroupedBatch(batch);
        int cut = random.nextInt(BATCH);
        check(keys, 0, cut, rows, batch, table);
        check(keys, cut, BATCH, rows, batch, table);
    }

    private void check(
            List<@Nullable Object[]> keys, int from, int to, GroupedBatch rows, ColumnBatch batch, GroupTable table) {
        rows.group(batch, from, to, width, table, room);
        for (int i = from; i < to; i++) {
            assertThat(rows.groups()[i - from])
                    .as("seed %d, key %s", seed, Arrays.toString(keys.get(i)))
                    .isEqualTo(expected(keys.get(i)));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void checkKeys(GroupTable shown) {
        assertThat(shown.size()).isEqualTo(firsts.size());
        RecordColumns columns = new RecordColumns(Math.max(1, firsts.size()));
        columns.begin(width, null);
        for (int group = 0; group < firsts.size(); group++) {
            assertThat(shown.key(group)).as("seed %d, group %d", seed, group).isEqualTo(firsts.get(group));
            shown.putKey(group, columns);
            columns.endRecord();
            @Nullable Object[] put = new @Nullable Object[width];
            for (int i = 0; i < width; i++) {
                put[i] = columns.column(i).get(group);
            }
            assertThat(put).as("seed %d, group %d", seed, group).isEqualTo(firsts.get(group));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keysHaveTheNumbersThatAMapGivesThem(int columns) {
        width = columns;
        GroupTable table = new GroupTable(columns);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < BATCHES; i++) {
                addBatch(table);
                @Nullable Object[] key = meant(key());
                assertThat(table.group(key, room)).as("seed %d", seed).isEqualTo(expected(key));
            }
            assertThat(numbers).hasSizeGreaterThan(columns == 1 ? 100 : 500);
            checkKeys(table);
            GroupTable copy = new GroupTable(columns);
            for (int group = 0; group < table.size(); group++) {
                assertThat(copy.group(table, group, room)).isEqualTo(group);
                assertThat(copy.group(table, random.nextInt(group + 1), room)).isLessThanOrEqualTo(group);
            }
            checkKeys(copy);
            table.clear();
            numbers.clear();
            firsts.clear();
        }
    }

    @Test
    void rowsWithoutKeysAreOneGroup() {
        GroupTable all = new GroupTable(0);
        RecordColumns columns = new RecordColumns(2);
        columns.begin(0, null);
        columns.endRecord();
        columns.endRecord();
        GroupedBatch rows = new GroupedBatch(columns.batch());
        rows.group(columns.batch(), 0, 2, 0, all, room);
        assertThat(Arrays.copyOf(rows.groups(), 2)).containsExactly(0, 0);
        assertThat(all.group(new @Nullable Object[0], room)).isZero();
        assertThat(all.size()).isOne();
    }
}
