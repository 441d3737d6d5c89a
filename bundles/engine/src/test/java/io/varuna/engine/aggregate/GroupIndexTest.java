package io.varuna.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupIndexTest {
    private static final int ROWS = 20_000;

    private static @Nullable Object value(Random random) {
        int number = random.nextInt(60);
        return switch (random.nextInt(8)) {
            case 0 -> (long) number;
            case 1 -> (double) number;
            case 2 -> number / 4.0;
            case 3 -> "text " + number;
            case 4 -> "a text of more than eight bytes, number " + number;
            case 5 -> random.nextBoolean();
            case 6 -> random.nextBoolean() ? null : Missing.VALUE;
            default -> List.of(number);
        };
    }

    private static void put(RecordColumns columns, int column, int row, @Nullable Object value) {
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            columns.putText(column, utf8, 0, utf8.length);
        } else {
            columns.column(column).put(row, value);
        }
    }

    /** Law: it finds the group that the key as an object has, or none; and a key with bytes that was put is found. */
    @Test
    void itFindsWhatTheKeysAsObjectsFind() {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        RecordColumns columns = new RecordColumns(16);
        columns.begin(2, null);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            @Nullable Object[] values = {value(random), random.nextInt(4) == 0 ? value(random) : Long.valueOf(1)};
            put(columns, 0, row, values[0]);
            put(columns, 1, row, values[1]);
            columns.endRecord();
            rows.add(values);
        }
        ColumnBatch batch = columns.batch();
        GroupIndex<Integer> index = new GroupIndex<>();
        for (int round = 0; round < 2; round++) {
            Map<Object, Integer> groups = new HashMap<>();
            int known = 0;
            for (int row = 0; row < ROWS; row++) {
                @Nullable Object[] key = rows.get(row).clone();
                key[0] = key[0] == Missing.VALUE ? null : key[0];
                key[1] = key[1] == Missing.VALUE ? null : key[1];
                Integer found = index.find(batch, 2, row);
                Integer expected = groups.get(GroupKeys.mapKey(key));
                if (found != null) {
                    known++;
                    assertThat(found).as("seed %d, row %d", seed, row).isEqualTo(expected);
                    continue;
                }
                boolean bytes = !(key[0] instanceof List) && !(key[1] instanceof List);
                assertThat(bytes && expected != null)
                        .as("seed %d, row %d", seed, row)
                        .isFalse();
                Integer group = expected == null ? (Integer) row : expected;
                groups.put(GroupKeys.mapKey(key), group);
                index.put(group);
                if (bytes) {
                    assertThat(index.find(batch, 2, row)).isEqualTo(group);
                }
            }
            assertThat(known).as("seed %d", seed).isGreaterThan(ROWS / 4);
            index.clear();
        }
    }
}
