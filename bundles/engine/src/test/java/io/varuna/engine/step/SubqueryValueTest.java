package io.varuna.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.plan.Expression.Subquery.Result;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubqueryValueTest {
    private static final List<Column> COLUMNS = List.of(new Column("value", DataType.ANY));

    private final GatheredRows gathered = new GatheredRows();
    private final List<@Nullable Object> found = new ArrayList<>();
    private int asked;

    SubqueryValueTest() {
        gathered.add("table", 0, List.of("value"));
    }

    /** Gives what is in {@code found}, and counts how often it is asked. */
    private final class Finding extends Step {
        private final Step next;

        Finding(StepSetting setting, Step next) {
            super(setting);
            this.next = next;
        }

        @Override
        protected void processRows(RowBatch batch) {
            processResult(batch);
        }

        @Override
        protected void processResult(RowBatch batch) {
            asked++;
            if (found.contains("broken")) {
                failed(new IllegalArgumentException("no value"), batch.row(0));
            }
            next.result(StepProbe.batch(found));
        }

        @Override
        public void time(long now) {
            next.time(now);
        }
    }

    private SubqueryValue value(Result result, boolean same) {
        SubqueryValue.Chain chain = new SubqueryValue.Chain(Clock.systemUTC(), COLUMNS, 0);
        chain.before(new Finding(chain.setting(COLUMNS), chain.first()));
        return new SubqueryValue(result, new Evaluator[0], chain, gathered, same);
    }

    private static @Nullable Object ask(SubqueryValue value) throws Exception {
        return value.value(new @Nullable Object[0], 0);
    }

    @Test
    void noRowIsNull() throws Exception {
        assertThat(ask(value(Result.VALUE, false))).isNull();
        assertThat(ask(value(Result.EXISTS, false))).isEqualTo(false);
        assertThat(ask(value(Result.LIST, false))).isEqualTo(List.of());
    }

    @Test
    void rowsAreAListOrTheOnlyValue() throws Exception {
        found.addAll(Arrays.asList(1L, null));
        assertThat(ask(value(Result.LIST, false))).isEqualTo(Arrays.asList(1L, null));
        assertThat(ask(value(Result.EXISTS, false))).isEqualTo(true);
        assertThatThrownBy(() -> ask(value(Result.VALUE, false)))
                .isInstanceOf(VarunaException.class)
                .hasMessage("A query gives 2 rows where a value is needed, which is one row");
        found.remove(1);
        assertThat(ask(value(Result.VALUE, false))).isEqualTo(1L);
    }

    @Test
    void aRowThatFailsInTheQueryFailsTheRowThatAsks() throws Exception {
        found.add("broken");
        SubqueryValue value = value(Result.LIST, false);
        assertThatThrownBy(() -> ask(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value");
        found.set(0, 1L);
        assertThat(ask(value)).as("the failure is forgotten").isEqualTo(List.of(1L));
    }

    @Test
    void whatDependsOnTheGatheredRowsOnlyIsAskedOnceUntilTheyChange() throws Exception {
        found.add(1L);
        SubqueryValue value = value(Result.LIST, true);
        Object first = ask(value);
        assertThat(ask(value)).isSameAs(first);
        assertThat(asked).isEqualTo(1);
        found.add(2L);
        gathered.input("table").show(List.of());
        assertThat(ask(value)).isEqualTo(List.of(1L, 2L));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whatDependsOnTheRowIsAskedForEach() throws Exception {
        SubqueryValue value = value(Result.LIST, false);
        ask(value);
        ask(value);
        assertThat(asked).isEqualTo(2);
    }
}
