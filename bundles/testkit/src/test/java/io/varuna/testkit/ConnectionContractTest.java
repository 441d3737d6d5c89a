package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.testkit.FaultyConnections.Fault;
import io.varuna.testkit.FaultyConnections.Line;
import io.varuna.testkit.FaultyConnections.LineFactory;
import io.varuna.testkit.FaultyConnections.Server;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that the contract finds what it is there to find. */
class ConnectionContractTest {
    @Test
    void goodConnectionPasses() {
        assertThat(failures(GoodCase.class)).isEmpty();
    }

    @Test
    void falseHealthIsFound() {
        assertThat(failures(AlwaysWellCase.class)).containsExactly("saysThatTheOtherEndIsAway()");
    }

    @Test
    void closingForAllIsFound() {
        assertThat(failures(ClosesAllCase.class)).containsExactly("closingOneLeavesAnotherOpen()");
    }

    @Test
    void stumblingOverASecondCloseIsFound() {
        assertThat(failures(StumblesCase.class)).containsExactly("closingTwiceIsHarmless()");
    }

    @Test
    void useAfterTheEndIsFound() {
        assertThat(failures(WorksWhenClosedCase.class)).containsExactly("closedOneIsOfNoUse()");
    }

    abstract static class Case extends FallibleConnectionContract<Line> {
        private final Server server = new Server();
        private final Fault fault;

        Case(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected ConnectionFactory<?, Line> factory() {
            return new LineFactory(server, fault);
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void use(Line line) throws IOException {
            line.use();
        }

        @Override
        protected void interrupt() {
            server.away = true;
        }

        @Override
        protected void restore() {
            server.away = false;
        }
    }

    static final class GoodCase extends Case {
        GoodCase() {
            super(Fault.NONE);
        }
    }

    static final class AlwaysWellCase extends Case {
        AlwaysWellCase() {
            super(Fault.ALWAYS_WELL);
        }
    }

    static final class ClosesAllCase extends Case {
        ClosesAllCase() {
            super(Fault.CLOSES_ALL);
        }
    }

    static final class StumblesCase extends Case {
        StumblesCase() {
            super(Fault.STUMBLES_WHEN_CLOSED_TWICE);
        }
    }

    static final class WorksWhenClosedCase extends Case {
        WorksWhenClosedCase() {
            super(Fault.WORKS_WHEN_CLOSED);
        }
    }
}
