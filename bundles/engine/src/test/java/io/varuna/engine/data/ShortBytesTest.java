package io.varuna.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortBytesTest {
    private static final int PLACE = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17})
    void bytesAreCopiedAlsoFromTheEndOfAnArray(int length) {
        byte[] from = new byte[40];
        new Random(Long.getLong("varuna.seed", 1)).nextBytes(from);
        for (int offset = 0; offset <= from.length - length; offset++) {
            byte[] to = new byte[PLACE + length + Long.BYTES];
            ShortBytes.copy(from, offset, to, PLACE, length);
            assertThat(Arrays.copyOfRange(to, PLACE, PLACE + length))
                    .as("from %d", offset)
                    .isEqualTo(Arrays.copyOfRange(from, offset, offset + length));
            assertThat(Arrays.copyOf(to, PLACE)).as("before it").containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -8, Integer.MIN_VALUE})
    void lengthsBelowZeroAreRefused(int length) {
        assertThatThrownBy(() -> ShortBytes.copy(new byte[40], 0, new byte[40], 0, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void placesOutsideAreRefused() {
        assertThatThrownBy(() -> ShortBytes.copy(new byte[40], -1, new byte[40], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ShortBytes.copy(new byte[40], 38, new byte[40], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
