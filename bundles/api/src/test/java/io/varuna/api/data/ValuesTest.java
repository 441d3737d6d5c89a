package io.varuna.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void numbersAreEqualByWhatTheyCount() {
        assertThat(Values.equal(1L, 1.0)).isTrue();
        assertThat(Values.equal(0.0, -0.0)).isTrue();
        assertThat(Values.equal(1L, "1")).isFalse();
        assertThat(Values.equal(Double.NaN, Double.NaN)).isTrue();
        assertThat(Values.equal((1L << 53) + 1, (double) (1L << 53))).isFalse();
        assertThat(Values.equal(null, 0L)).isFalse();
        assertThat(Values.equal(null, null)).isTrue();
    }

    @Test
    void nestedValuesAreEqualByTheirParts() {
        assertThat(Values.equal(List.of(1L, Map.of("a", 2L)), List.of(1.0, Map.of("a", 2.0))))
                .isTrue();
        assertThat(Values.equal(new byte[] {1}, new byte[] {1})).isTrue();
        assertThat(Values.equal(Arrays.asList(1L, null), List.of(1L))).isFalse();
    }

    @Test
    void keysAgreeWithEquality() {
        Set<Object> keys = new HashSet<>();
        for (Object value :
                List.of(1L, 1.0, 1, 1.5, "1", List.of(1L), List.of(1.0), Map.of("a", 1L), Map.of("a", 1.0))) {
            keys.add(Values.key(value));
        }
        assertThat(keys).hasSize(5);
    }

    @Test
    void numbersPastTheReachOfDoublesAreOrderedExactly() {
        assertThat(Values.compare((1L << 53) + 1, (double) (1L << 53))).isPositive();
        assertThat(Values.compare(Long.MAX_VALUE, 0x1p63)).isNegative();
        assertThat(Values.compare(Long.MAX_VALUE, Double.POSITIVE_INFINITY)).isNegative();
        assertThat(Values.compare(2L, 1.5)).isPositive();
    }

    @Test
    void textsAreOrderedByCodePoint() {
        assertThat(Values.compare("b", "abc")).isPositive();
        assertThat(Values.compare("\uffff", "\ud83d\ude00")).isNegative();
    }

    @Test
    void valuesOfDifferentKindsHaveNoOrder() {
        assertThat(Values.comparable(1L, "1")).isFalse();
        assertThatThrownBy(() -> Values.compare(1L, "1")).hasMessage("'1' (BIGINT) and '1' (STRING)");
    }
}
