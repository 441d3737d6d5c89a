package io.varuna.plugin.functions.misc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import io.varuna.testkit.manage.MemoryKeyedState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedStateFunctionsTest extends FunctionContract {
    private final MemoryKeyedState state = new MemoryKeyedState();

    @Override
    protected FunctionLibrary library() {
        return new KeyedStateFunctions(state);
    }

    private @Nullable Object get(@Nullable Object... arguments) throws Exception {
        FunctionDefinition function = library().functions().get(0);
        return ((ScalarFunction) function.create()).apply(TestArgs.of(arguments));
    }

    @Test
    void theValueIsConvertedToTheTypeThatIsNamed() throws Exception {
        state.put(Map.of("n", 17L, "t", "2.5", "at", 1000L));
        assertThat(get("n", "bigint", 0L)).isEqualTo(17L);
        assertThat(get("n", "string", "")).isEqualTo("17");
        assertThat(get("t", "float", 0L)).isEqualTo(2.5);
        assertThat(get("n", "boolean", false)).isEqualTo(true);
        assertThat(get("at", "datetime", 0L)).isEqualTo(Instant.ofEpochSecond(1));
        assertThatThrownBy(() -> get("t", "bigint", 0L)).isInstanceOf(VarunaException.class);
    }

    @Test
    void theDefaultStaysWhatItIs() throws Exception {
        assertThat(get("none", "bigint", "text")).isEqualTo("text");
    }

    @Test
    void aNewValueIsSeenAtOnce() throws Exception {
        assertThat(get("n", "bigint", 1L)).isEqualTo(1L);
        state.put(Map.of("n", 2L));
        assertThat(get("n", "bigint", 1L)).isEqualTo(2L);
        state.remove("n");
        assertThat(get("n", "bigint", 1L)).isEqualTo(1L);
    }

    @Test
    void anUnknownTypeIsRefusedBeforeAnyRow() {
        FunctionDefinition function = library().functions().get(0);
        Argument text = new Argument(DataType.VARCHAR, true, "foo", "'foo'");
        assertThat(function.problem(List.of(text, text, text)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'type'", "'bigint'", "not 'foo'"));
    }
}
