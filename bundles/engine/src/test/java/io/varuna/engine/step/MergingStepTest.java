package io.varuna.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.OuterRow;
import io.varuna.plan.SetOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergingStepTest {
    private static final long SEED = Long.getLong("varuna.seed", 1);
    private static final OuterRow INPUT = new OuterRow(List.of(new Column("value", DataType.ANY)));

    private static SetStep step(SetOperation.Kind kind, boolean all, StepProbe next) {
        return new SetStep(StepProbe.setting(), new SetOperation(kind, all, INPUT, INPUT), next);
    }

    @Test
    void timeHasComeAsFarAsInTheInputThatIsFurthestBehind() {
        StepProbe next = new StepProbe();
        UnionStep step = new UnionStep(StepProbe.setting(), 3, next);
        List<Step> inputs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inputs.add(step.input(StepProbe.setting(), i));
        }
        inputs.get(0).time(5);
        inputs.get(1).time(7);
        assertThat(next.time()).as("nothing is known of the third").isEqualTo(Long.MIN_VALUE);
        inputs.get(2).time(6);
        assertThat(next.time()).isEqualTo(5);
        inputs.get(0).time(9);
        assertThat(next.time()).isEqualTo(6);
    }

    @Test
    void rowsOfAUnionDoNotWaitForOthers() {
        StepProbe next = new StepProbe();
        UnionStep step = new UnionStep(StepProbe.setting(), 2, next);
        step.input(StepProbe.setting(), 0).rows(StepProbe.batch(List.of(1L)));
        step.input(StepProbe.setting(), 1).result(StepProbe.batch(List.of(2L)).trigger(9));
        assertThat(next.takeValues()).containsExactly(1L, 2L);
        assertThat(next.takeTriggers()).contains(9L);
    }

    @Test
    void aWindowIsCombinedWhenTimeHasComeToItsEndInBothInputs() {
        StepProbe next = new StepProbe();
        SetStep step = step(SetOperation.Kind.UNION, true, next);
        Step left = step.input(StepProbe.setting(), 0);
        Step right = step.input(StepProbe.setting(), 1);
        left.result(StepProbe.batch(List.of(1L)).trigger(10));
        left.result(StepProbe.batch(List.of(2L)).trigger(20));
        left.time(20);
        right.result(StepProbe.batch(List.of(3L)).trigger(10));
        assertThat(next.takeValues()).isEmpty();
        right.time(10);
        assertThat(next.takeValues()).containsExactly(1L, 3L);
        assertThat(next.takeTriggers()).containsExactly(10L);
        assertThat(next.time()).isEqualTo(10);
        right.time(30);
        assertThat(next.takeValues()).containsExactly(2L);
    }

    @Test
    void aResultWithoutRowsIsNone() {
        StepProbe next = new StepProbe();
        SetStep step = step(SetOperation.Kind.INTERSECT, false, next);
        step.input(StepProbe.setting(), 0).result(StepProbe.batch(List.of(1L)).trigger(10));
        step.input(StepProbe.setting(), 0).time(10);
        step.input(StepProbe.setting(), 1).time(10);
        assertThat(next.takeTriggers()).isEmpty();
    }

    @Test
    void rowsNeedAWindow() {
        Step input = step(SetOperation.Kind.UNION, false, new StepProbe()).input(StepProbe.setting(), 0);
        assertThatThrownBy(() -> input.rows(StepProbe.batch(List.of(1L)))).isInstanceOf(IllegalStateException.class);
    }

    /** Random rows, with NULL among them, give what the definition of SQL says; also after a restart. */
    @ParameterizedTest
    @CsvSource({
        "UNION, true",
        "UNION, false",
        "INTERSECT, true",
        "INTERSECT, false",
        "EXCEPT, true",
        "EXCEPT, false",
    })
    void combinesAsTheDefinitionSays(SetOperation.Kind kind, boolean all) {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<@Nullable Object> left = values(random);
            List<@Nullable Object> right = values(random);
            StepProbe next = new StepProbe();
            SetStep before = step(kind, all, next);
            before.input(StepProbe.setting(), 0).result(StepProbe.batch(left).trigger(10));
            SetStep step = step(kind, all, next);
            StateOutput saved = new StateOutput();
            before.save(saved);
            step.load(new StateInput(saved.toBytes()));
            step.input(StepProbe.setting(), 1).result(StepProbe.batch(right).trigger(10));
            step.input(StepProbe.setting(), 0).time(10);
            step.input(StepProbe.setting(), 1).time(10);
            assertThat(next.takeValues())
                    .as("%s %s %s, all %s, -Dvaruna.seed=%s", left, kind, right, all, SEED)
                    .containsExactlyElementsOf(combined(kind, all, left, right));
        }
    }

    private static List<@Nullable Object> values(Random random) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int value = random.nextInt(4);
            values.add(value == 0 ? null : (Object) (long) value);
        }
        return values;
    }

    private static List<@Nullable Object> combined(
            SetOperation.Kind kind, boolean all, List<@Nullable Object> left, List<@Nullable Object> right) {
        List<@Nullable Object> result = new ArrayList<>(left);
        List<@Nullable Object> rest = new ArrayList<>(right);
        switch (kind) {
            case UNION -> result.addAll(right);
            case INTERSECT -> result.removeIf(value -> all ? !rest.remove(value) : !right.contains(value));
            case EXCEPT -> result.removeIf(value -> all ? rest.remove(value) : right.contains(value));
        }
        return all ? result : new ArrayList<>(new LinkedHashSet<>(result));
    }
}
