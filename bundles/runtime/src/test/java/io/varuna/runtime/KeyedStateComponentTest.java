package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedStateComponentTest {
    @Test
    void whatCannotBeOpenedIsToldToWhoeverAsks(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("keyed.mv"), new byte[9_000]);
        KeyedStateComponent component = new KeyedStateComponent(directory);
        assertThatThrownBy(() -> component.get("limit"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("keyed.mv' is damaged")
                .hasMessageContaining("Put back a copy of it");
        assertThatThrownBy(() -> component.put(Map.of("limit", 1L))).hasMessageContaining("is damaged");
        component.close();
    }
}
