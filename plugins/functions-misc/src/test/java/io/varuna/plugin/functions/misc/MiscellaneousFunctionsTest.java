package io.varuna.plugin.functions.misc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MiscellaneousFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new MiscellaneousFunctions();
    }

    @Test
    void coalesceHasTheTypeOfItsArgumentsIfTheyAgree() {
        FunctionDefinition coalesce = library().functions().get(0);
        Argument whole = new Argument(DataType.BIGINT, false, null, "a");
        Argument text = new Argument(DataType.VARCHAR, false, null, "b");
        assertThat(coalesce.resultType(List.of(whole, whole))).isEqualTo(DataType.BIGINT);
        assertThat(coalesce.resultType(List.of(whole, text))).isEqualTo(DataType.ANY);
    }

    @Test
    void everyUuidIsNew() {
        String uuid = MiscellaneousFunctions.newuuid();
        assertThat(UUID.fromString(uuid)).hasToString(uuid);
        assertThat(MiscellaneousFunctions.newuuid()).isNotEqualTo(uuid);
    }

    @Test
    void aPropertyThatIsNotSetIsNamedWithItsVariable() {
        FunctionContext context = TestArgs.of().context();
        assertThatThrownBy(() -> MiscellaneousFunctions.props(context, "nothing"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("KUIPER_PROPS_nothing");
    }
}
