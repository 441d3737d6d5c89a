package io.varuna.plugin.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.ResumableSourceContract;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorSourceTest extends ResumableSourceContract {
    private final List<Map<String, Object>> data = new ArrayList<>();

    @Override
    protected SourceFactory<?> factory() {
        return new SimulatorSource();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("data", List.copyOf(data), "interval", "1ms", "loop", false);
    }

    @Override
    protected void create() {
        data.clear();
    }

    @Override
    protected void provide(List<Map<String, Object>> records) {
        data.addAll(records);
    }

    @Override
    protected boolean readsOnlyWhatIsThere() {
        return true;
    }

    @Test
    void endsAfterTheLastRecord() throws Exception {
        provide(records(2));
        try (TestContext context = context(List.of());
                SourceRun run = SourceRun.start(factory(), context)) {
            assertThat(run.awaitReturn(PATIENCE)).isTrue();
            assertRecords(run.output().flushed(), records(2));
        }
    }

    @Test
    void beginsAgainInALoop() throws Exception {
        Map<String, Object> properties = Map.of("data", records(2));
        try (TestContext context = TestContext.builder().properties(properties).build();
                SourceRun run = SourceRun.start(factory(), context)) {
            awaitFlushed(run, 5);
            assertThat(decoded(run.output().flushed().subList(0, 5)))
                    .extracting(record -> record.get("id"))
                    .containsExactly(0L, 1L, 0L, 1L, 0L);
        }
    }

    @Test
    void numbersBecomeLongsAndDoubles() throws Exception {
        Map<String, Object> record =
                Map.of("a", 1, "b", List.of((short) 2, 2.5f), "c", Map.of("d", java.math.BigInteger.TEN));
        Map<String, Object> properties = Map.of("data", List.of(record));
        try (TestContext context = TestContext.builder().properties(properties).build();
                SourceRun run = SourceRun.start(factory(), context)) {
            awaitFlushed(run, 1);
            assertThat(decoded(run.output().flushed()).get(0))
                    .isEqualTo(Map.of("a", 1L, "b", List.of(2L, 2.5), "c", Map.of("d", 10L)));
        }
    }

    @ParameterizedTest
    @CsvSource({"250, PT0.25S", "10s, PT10S", "1m30s, PT1M30S", "2h, PT2H", "0, PT0S", "5ms, PT0.005S"})
    void intervalsAreTextsOrMilliseconds(String text, Duration expected) throws Exception {
        SimulatorSource factory = new SimulatorSource();
        Map<String, Object> properties = Map.of("data", records(1), "interval", text);
        try (TestContext context = TestContext.builder().properties(properties).build();
                PollingSource source = (PollingSource) factory.open(Configurations.of(factory, properties), context)) {
            assertThat(source.interval()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "10 s", ""})
    void otherIntervalsAreRefused(String text) {
        assertThatThrownBy(() -> open(Map.of("data", records(1), "interval", text)))
                .hasMessage("Property 'interval' takes a time such as 10s or 500ms, or a number of milliseconds, not '"
                        + text + "'");
    }

    @Test
    void dataMustBeAListOfObjects() {
        assertThatThrownBy(() -> open(Map.of("data", List.of())))
                .hasMessageContaining("takes a list of objects as property 'data'");
        assertThatThrownBy(() -> open(Map.of("data", "[{}]")))
                .hasMessageContaining("takes a list of objects as property 'data'");
        assertThatThrownBy(() -> open(Map.of("data", List.of(Map.of(), 5)))).hasMessageContaining("element 2 is '5'");
    }

    @Test
    void positionsOfOthersAreRefused() throws Exception {
        provide(records(1));
        try (TestContext context = context(List.of(new Position("data", "x")))) {
            assertThatThrownBy(() -> SourceRun.start(factory(), context))
                    .hasMessageContaining("cannot read on from 'x'");
        }
    }

    private void open(Map<String, Object> properties) throws Exception {
        SimulatorSource factory = new SimulatorSource();
        try (TestContext context = TestContext.builder().properties(properties).build()) {
            factory.open(Configurations.of(factory, properties), context).close();
        }
    }
}
