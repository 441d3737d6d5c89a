package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.testkit.FaultyLookups.Fault;
import io.varuna.testkit.FaultyLookups.ListFactory;
import io.varuna.testkit.FaultyLookups.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that the contract finds what it is there to find. */
class LookupContractTest {
    @Test
    void goodTablePasses() {
        assertThat(failures(GoodCase.class)).isEmpty();
    }

    @Test
    void rowsThatAreNotFoundAreFound() {
        assertThat(failures(FirstOnlyCase.class))
                .containsExactlyInAnyOrder("findsAllRowsOfAKey()", "takesKeysOfSeveralColumnsInTheirOrder()");
    }

    @Test
    void mixedUpKeyColumnsAreFound() {
        assertThat(failures(MixingCase.class)).containsExactly("takesKeysOfSeveralColumnsInTheirOrder()");
    }

    @Test
    void keysThatAreTakenForOthersAreFound() {
        assertThat(failures(AnyCaseCase.class)).contains("takesKeysThatAreNoSql()", "rowsWithoutAKeyAreNotFound()");
    }

    @Test
    void valuesThatAreNotKeptAreFound() {
        assertThat(failures(CuttingCase.class)).containsExactly("BIGINT");
    }

    @Test
    void columnsThatAreLeftOutAreFound() {
        assertThat(failures(LeavingOutCase.class)).containsExactly("returnsTheColumnsThatAreAskedFor()");
    }

    @Test
    void closedNeighboursAreFound() {
        assertThat(failures(NeighbourCase.class)).containsExactly("closingOneLeavesItsNeighbourOpen()");
    }

    @Test
    void thoseThatDoNotComeBackAreFound() {
        assertThat(failures(BrokenCase.class)).containsExactly("answersAgainWhenTheOtherEndIsBack()");
        assertThat(failures(GivingUpCase.class)).containsExactly("answersAgainWhenTheOtherEndIsBack()");
    }

    abstract static class Case extends FallibleLookupContract {
        private final Place place = new Place();
        private final Fault fault;

        Case(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected LookupFactory<?> factory() {
            return new ListFactory(place, fault);
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        protected void create(Schema schema) {
            place.rows.clear();
        }

        @Override
        protected void provide(Schema schema, List<Map<String, Object>> rows) {
            place.rows.addAll(rows);
        }

        @Override
        protected void interrupt() {
            place.away = true;
        }

        @Override
        protected void restore() {
            place.away = false;
        }
    }

    static final class GoodCase extends Case {
        GoodCase() {
            super(Fault.NONE);
        }
    }

    static final class FirstOnlyCase extends Case {
        FirstOnlyCase() {
            super(Fault.FINDS_THE_FIRST_ONLY);
        }
    }

    static final class MixingCase extends Case {
        MixingCase() {
            super(Fault.MIXES_UP_KEY_COLUMNS);
        }
    }

    static final class AnyCaseCase extends Case {
        AnyCaseCase() {
            super(Fault.FINDS_TEXTS_IN_ANY_CASE);
        }
    }

    static final class CuttingCase extends Case {
        CuttingCase() {
            super(Fault.CUTS_NUMBERS);
        }
    }

    static final class LeavingOutCase extends Case {
        LeavingOutCase() {
            super(Fault.LEAVES_OUT_COLUMNS);
        }
    }

    static final class NeighbourCase extends Case {
        NeighbourCase() {
            super(Fault.CLOSES_ITS_NEIGHBOUR);
        }
    }

    static final class BrokenCase extends Case {
        BrokenCase() {
            super(Fault.DOES_NOT_COME_BACK);
        }
    }

    static final class GivingUpCase extends Case {
        GivingUpCase() {
            super(Fault.GIVES_UP);
        }
    }
}
