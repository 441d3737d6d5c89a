package io.varuna.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Missing;
import io.varuna.api.error.VarunaException;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    private static final class Old implements State {
        @Override
        public void save(StateWriter out) {
            out.putLong(7).putValue("not read by the new version");
        }

        @Override
        public void load(StateReader in) {
            throw new IllegalStateException("old");
        }
    }

    private static final class New implements State {
        private long number;
        private int version;

        @Override
        public int version() {
            return 2;
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(number);
        }

        @Override
        public void load(StateReader in) {
            version = in.version();
            number = in.getLong();
        }
    }

    @Test
    void everyValueComesBack() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("b", null);
        map.put("a", List.of(1L, 2.5));
        List<@Nullable Object> values = Arrays.asList(
                null, true, false, 1L, -2.5, "text \uD83D\uDE00", Instant.ofEpochSecond(1, 5), map, List.of());
        StateOutput out = new StateOutput();
        values.forEach(out::putValue);
        StateInput in = new StateInput(out.toBytes());

        for (Object value : values) {
            assertThat(in.getValue()).isEqualTo(value);
        }
        byte[] bytes = {1, 2};
        assertThat((byte[]) new StateInput(new StateOutput().putValue(bytes).toBytes()).getValue())
                .isEqualTo(bytes);
    }

    @Test
    void rowsKeepWhatIsMissing() {
        byte[] bytes = new StateOutput()
                .putRow(new @Nullable Object[] {Missing.VALUE, null, 1L})
                .toBytes();

        assertThat(new StateInput(bytes).getRow()).containsExactly(Missing.VALUE, null, 1L);
    }

    @Test
    void aStateIsReadByALaterVersionAndWhatItLeavesIsSkipped() {
        byte[] bytes = new StateOutput().putState(new Old()).putLong(99).toBytes();
        StateInput in = new StateInput(bytes);

        New loaded = in.getState(new New());

        assertThat(loaded.number).isEqualTo(7);
        assertThat(loaded.version).isEqualTo(1);
        assertThat(in.getLong()).isEqualTo(99);
    }

    @Test
    void damagedBytesAreRefused() {
        assertThatThrownBy(() -> new StateInput(new byte[] {1}).getLong()).isInstanceOf(VarunaException.class);
        assertThatThrownBy(() -> new StateInput(new byte[] {99}).getValue()).isInstanceOf(VarunaException.class);
        byte[] endless = {StateOutput.LIST, 127, 127, 127, 127};
        assertThatThrownBy(() -> new StateInput(endless).getValue()).isInstanceOf(VarunaException.class);
    }
}
