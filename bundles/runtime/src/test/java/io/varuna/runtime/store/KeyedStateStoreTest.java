package io.varuna.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedStateStoreTest {
    private final Path directory;

    KeyedStateStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void valuesOfAllTypesSurviveAClose() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("whole", 9007199254740993L);
        values.put("fraction", 2.5);
        values.put("text", "größe \u0000 \uD83D\uDE00");
        values.put("flag", false);
        values.put("time", Instant.parse("2026-01-31T12:00:00.123456789Z"));
        values.put("nested", Map.of("list", Arrays.asList(1L, "a", null)));
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            store.put(values);
        }
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            values.forEach((key, value) -> assertThat(store.get(key)).contains(value));
            assertThat(store.keys()).containsExactly("flag", "fraction", "nested", "text", "time", "whole");
            assertThat(store.get("other")).isEmpty();
        }
    }

    @Test
    void aNullRemovesTheKey() {
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            store.put(Map.of("a", 1L, "b", 2L));
            store.put(Collections.singletonMap("a", null));
            assertThat(store.keys()).isEqualTo(List.of("b"));
            assertThat(store.remove("b")).isTrue();
            assertThat(store.remove("b")).isFalse();
        }
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            assertThat(store.keys()).isEmpty();
        }
    }

    @Test
    void aNumberThatNoColumnHoldsBecomesAFraction() {
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            store.put(Map.of("large", BigInteger.TWO.pow(64)));
            assertThat(store.get("large")).contains(0x1p64);
        }
    }

    @Test
    void nothingIsPutWhereOneKeyIsWrong() {
        try (KeyedStateStore store = KeyedStateStore.open(directory)) {
            assertThatThrownBy(() -> store.put(Map.of("a", 1L, "", 2L)))
                    .isInstanceOf(VarunaException.class)
                    .hasMessageContaining("1 to 4096 characters");
            assertThat(store.keys()).isEmpty();
        }
    }
}
