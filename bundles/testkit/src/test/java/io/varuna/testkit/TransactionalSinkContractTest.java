package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Schema;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.FaultyTransactionalSinks.Fault;
import io.varuna.testkit.FaultyTransactionalSinks.ListFactory;
import io.varuna.testkit.FaultyTransactionalSinks.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that the contract finds what it is there to find. */
class TransactionalSinkContractTest {
    @Test
    void goodSinkPasses() {
        assertThat(failures(GoodCase.class)).isEmpty();
    }

    @Test
    void publishingTooEarlyIsFound() {
        assertThat(failures(EarlyCase.class)).contains("nothingIsSeenBeforeItIsCommitted()", "AFTER_PREPARE");
    }

    @Test
    void losingWhatWasPreparedIsFound() {
        assertThat(failures(LosingCase.class))
                .containsExactlyInAnyOrder("AFTER_COMPLETION", "WITH_MORE_WRITTEN_AFTER_PREPARE");
    }

    @Test
    void publishingWhatMustBeDroppedIsFound() {
        assertThat(failures(DroppedCase.class)).containsExactly("AFTER_PREPARE");
    }

    @Test
    void mixingTwoTransactionsIsFound() {
        assertThat(failures(MixingCase.class)).containsExactly("whatIsWrittenAfterPrepareBelongsToTheNext()");
    }

    @Test
    void publishingTwiceIsFound() {
        assertThat(failures(TwiceCase.class)).contains("commitOfTheSameAgainIsHarmless()");
    }

    @Test
    void publishingAtTheEndIsFound() {
        assertThat(failures(ClosingCase.class)).contains("closeCommitsNothing()", "AFTER_WRITE");
    }

    abstract static class Case extends TransactionalSinkContract {
        private final Store store = new Store();
        private final Fault fault;

        Case(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected SinkFactory<?> factory() {
            return new ListFactory(store, fault);
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void create(Schema schema) {
            store.clear();
        }

        @Override
        protected List<Map<String, Object>> written(Schema schema) {
            return store.published;
        }
    }

    static final class GoodCase extends Case {
        GoodCase() {
            super(Fault.NONE);
        }
    }

    static final class EarlyCase extends Case {
        EarlyCase() {
            super(Fault.PUBLISHES_WHEN_PREPARED);
        }
    }

    static final class LosingCase extends Case {
        LosingCase() {
            super(Fault.LOSES_PREPARED_IN_A_CRASH);
        }
    }

    static final class DroppedCase extends Case {
        DroppedCase() {
            super(Fault.PUBLISHES_DROPPED);
        }
    }

    static final class MixingCase extends Case {
        MixingCase() {
            super(Fault.COMMITS_WHAT_CAME_LATER);
        }
    }

    static final class TwiceCase extends Case {
        TwiceCase() {
            super(Fault.PUBLISHES_TWICE);
        }
    }

    static final class ClosingCase extends Case {
        ClosingCase() {
            super(Fault.PUBLISHES_WHEN_CLOSED);
        }
    }
}
