package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Schema;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.FaultySinks.Store;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that the contract finds what it is there to find. */
class SinkContractTest {
    @Test
    void goodSinkPasses() {
        assertThat(failures(GoodCase.class)).isEmpty();
    }

    @Test
    void sinkThatForgetsToFlushIsFound() {
        assertThat(failures(ForgetfulCase.class))
                .contains("writesABatchInOrder()", "whatIsFlushedIsThereAfterEveryRow()");
    }

    @Test
    void sinkThatKeepsRowsIsFound() {
        assertThat(failures(KeeperCase.class)).contains("writesABatchInOrder()");
    }

    @Test
    void aMessageThatIsReadTooLateSaysSo() {
        List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new @Nullable Object[] {1L, "ann"});
        TestBatch batch = Rows.batch(SinkContract.SCHEMA, rows, MessageEncoder.JSON, true);
        Message message = batch.messages().get(0);

        batch.expire();

        assertThatThrownBy(message::payload)
                .hasMessage("The row is read after write() has returned. Keep a copy() instead");
    }

    @Test
    void forgottenThreadsAreFound() {
        assertThat(failures(ThreadedCase.class)).containsExactly("closingLeavesNoThreadBehind()");
    }

    @Test
    void sinkWithoutTypeIsFound() {
        assertThat(failures(NamelessCase.class)).containsExactly("hasAType()");
    }

    abstract static class Case extends SinkContract {
        final Store store = new Store();

        @AfterEach
        void endThreads() {
            store.threads.forEach(Thread::interrupt);
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void create(Schema schema) {
            store.durable.clear();
        }

        @Override
        protected List<Map<String, Object>> written(Schema schema) {
            return store.durable;
        }
    }

    static final class GoodCase extends Case {
        @Override
        protected SinkFactory<?> factory() {
            return new FaultySinks.Good(store);
        }
    }

    static final class ForgetfulCase extends Case {
        @Override
        protected SinkFactory<?> factory() {
            return new FaultySinks.Forgetful(store);
        }
    }

    static final class KeeperCase extends Case {
        @Override
        protected SinkFactory<?> factory() {
            return new FaultySinks.Keeper(store);
        }
    }

    static final class ThreadedCase extends Case {
        @Override
        protected SinkFactory<?> factory() {
            return new FaultySinks.Threaded(store);
        }
    }

    static final class NamelessCase extends Case {
        @Override
        protected SinkFactory<?> factory() {
            return new FaultySinks.Nameless(store);
        }
    }
}
