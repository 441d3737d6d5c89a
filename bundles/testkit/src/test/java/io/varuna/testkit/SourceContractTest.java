package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.FaultySources.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that the contract finds what it is there to find. */
class SourceContractTest {
    @Test
    void goodSourcesPass() {
        assertThat(failures(GoodCase.class)).isEmpty();
        assertThat(failures(ListedCase.class)).isEmpty();
    }

    @Test
    void sourceThatSkipsARecordAfterARestartIsFound() {
        assertThat(failures(SkippingCase.class))
                .containsExactlyInAnyOrder(
                        "readsOnAfterARestartAtEveryRecord()", "readsOnWithWhatCameWhileItWasAway()");
    }

    @Test
    void nobodyWaitsForASourceThatHasFailed() throws Exception {
        Duration longerThanThisTest = Duration.ofDays(1);
        try (TestContext context = TestContext.builder().build();
                SourceRun run = SourceRun.start(new FaultySources.Failing(), context)) {
            assertThat(run.output().awaitFlushed(2, longerThanThisTest)).isFalse();
            assertThat(run.failure()).hasMessage("out of order");
            assertThat(run.output().emitted()).hasSize(1);
        }
    }

    @Test
    void recordsThatLieAroundAreNotFlushed() throws Exception {
        Channel channel = new Channel();
        try (TestContext context = TestContext.builder().build();
                SourceRun run = SourceRun.start(new FaultySources.Lazy(channel), context)) {
            channel.send(SourceContract.records(1));
            assertThat(run.output().emitted()).hasSize(1);
            assertThat(run.output().flushed()).isEmpty();
        }
    }

    @Test
    void emissionAfterTheEndIsNoticed() throws Exception {
        RecordingOutput output = new RecordingOutput();
        output.emit(Map.of(), Map.of(), null);
        assertThat(output.misuse()).isNull();
        output.end();
        output.emit(Map.of(), Map.of(), null);
        assertThat(output.misuse()).isEqualTo("A record is emitted after end()");
    }

    static final class GoodCase extends SourceContract {
        private final Channel channel = new Channel();

        @Override
        protected SourceFactory<?> factory() {
            return new FaultySources.Good(channel);
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void create() {
            // the channel is new
        }

        @Override
        protected void provide(List<Map<String, Object>> records) throws Exception {
            channel.send(records);
        }
    }

    abstract static class ListCase extends ResumableSourceContract {
        final List<Map<String, Object>> records = new ArrayList<>();

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void create() {
            records.clear();
        }

        @Override
        protected void provide(List<Map<String, Object>> more) {
            records.addAll(more);
        }

        @Override
        protected boolean readsOnlyWhatIsThere() {
            return true;
        }
    }

    static final class ListedCase extends ListCase {
        @Override
        protected SourceFactory<?> factory() {
            return new FaultySources.Listed(records, 0);
        }
    }

    static final class SkippingCase extends ListCase {
        @Override
        protected SourceFactory<?> factory() {
            return new FaultySources.Listed(records, 1);
        }
    }
}
