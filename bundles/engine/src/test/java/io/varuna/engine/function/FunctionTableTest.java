package io.varuna.engine.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
    private final FunctionTable table = new FunctionTable();

    private static FunctionLibrary library() {
        return new FunctionLibrary() {
            @Override
            public List<FunctionDefinition> functions() {
                return List.of(FunctionDefinition.scalar("half", () -> arguments -> null)
                        .alias("Demi")
                        .parameter("x", DataType.DOUBLE)
                        .build());
            }
        };
    }

    private String version() {
        return table.provided("half").map(ProvidedFunction::version).orElse("none");
    }

    @Test
    void theHighestVersionCounts() {
        table.register(library(), "a", "1.9.0");
        FunctionTable.Registration newest = table.register(library(), "a", "1.10.0");
        table.register(library(), "a", "1.2.0");

        assertThat(version()).isEqualTo("1.10.0");
        newest.remove();
        assertThat(version()).isEqualTo("1.9.0");
    }

    @Test
    void namesAndAliasesAreFoundInUpperAndLowerCase() {
        table.register(library(), "a", "1.0.0");

        assertThat(table.function("HALF")).isPresent();
        assertThat(table.function("demi")).isPresent();
        assertThat(table.names()).containsExactly("half");
    }

    @Test
    void aSlotIsEmptyAfterTheLastLibraryWent() {
        FunctionSlot slot = table.slot("half");
        long before = table.changes();
        table.register(library(), "a", "1.0.0").remove();

        assertThat(slot.current()).isNull();
        assertThat(table.function("half")).isEmpty();
        assertThat(table.changes()).isGreaterThan(before);
    }
}
