package io.varuna.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    @Test
    void plansComeBackAsTheyWere() throws IOException {
        assertThat(PlanCodec.readPlan(PlanCodec.write(SamplePlans.AVERAGE))).isEqualTo(SamplePlans.AVERAGE);
        assertThat(PlanCodec.readPlan(PlanCodec.write(SamplePlans.STEPS))).isEqualTo(SamplePlans.STEPS);
        assertThat(PlanCodec.readPlan(PlanCodec.write(SamplePlans.WAITING))).isEqualTo(SamplePlans.WAITING);
        assertThat(PlanCodec.readPlan(PlanCodec.write(SamplePlans.RUNNING))).isEqualTo(SamplePlans.RUNNING);
    }

    @Test
    void definitionsOfStreamsComeBackAsTheyWere() throws IOException {
        StreamDefinition stream = new StreamDefinition(
                "demo",
                StreamKind.STREAM,
                Schema.of(
                        new Column("a", DataType.array(DataType.struct(Schema.of(new Column("b", DataType.BIGINT)))))),
                Map.of("a", 5L),
                new StreamOptions(Map.of("TYPE", "mqtt", "SHARED", "TRUE")),
                "CREATE STREAM demo ...");
        assertThat(PlanCodec.readStream(PlanCodec.write(stream))).isEqualTo(stream);
        assertThatThrownBy(() -> PlanCodec.readPlan(PlanCodec.write(stream))).isInstanceOf(IOException.class);
    }

    @Test
    void literalsOfAllTypesComeBack() throws IOException {
        for (Object value :
                Arrays.asList(null, "text ü", 5L, 2.5, true, Instant.ofEpochSecond(5, 7), List.of(1L, "a"))) {
            RulePlan plan = SamplePlans.selecting(new Expression.Literal(value, DataType.ANY));
            assertThat(PlanCodec.readPlan(PlanCodec.write(plan))).isEqualTo(plan);
        }
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> PlanCodec.readPlan(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                .isInstanceOf(IOException.class)
                .hasMessage("These bytes are not a plan");
    }

    @Test
    void plansOfAnotherFormAreRefused() {
        byte[] earlier = PlanCodec.write(SamplePlans.AVERAGE);
        ByteBuffer.wrap(earlier).putInt(Integer.BYTES, 1);
        assertThatThrownBy(() -> PlanCodec.readPlan(earlier))
                .isInstanceOf(IOException.class)
                .hasMessage("The plan is of version 1, this is version " + PlanCodec.VERSION);
    }

    @Test
    void theFormHasTheComponentsOfRecordsAndTheConstantsOfEnumsInTheirOrder() {
        assertThat(PlanCodec.form(Limit.class))
                .isEqualTo("io.varuna.plan.Limit(io.varuna.plan.PlanNode input, long offset, long count)");
        assertThat(PlanCodec.form(Sort.Key.class))
                .isEqualTo("io.varuna.plan.Sort$Key(io.varuna.plan.Expression expression, boolean descending)");
        assertThat(PlanCodec.form(JoinKind.class))
                .isEqualTo("io.varuna.plan.JoinKind(INNER, LEFT, RIGHT, FULL, CROSS)");
        assertThat(PlanCodec.form(Union.class))
                .isEqualTo("io.varuna.plan.Union(java.util.List<io.varuna.plan.PlanNode> inputs)");
    }

    @Test
    void damageIsNeverMoreThanAnIoException() {
        byte[] plan = PlanCodec.write(SamplePlans.AVERAGE);
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = Arrays.copyOf(plan, random.nextInt(plan.length) + 1);
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(PlanCodec.readPlan(damaged)).isNotNull();
            } catch (IOException e) {
                assertThat(e).as("seed %s", seed).hasMessageContaining("plan");
            }
        }
    }

    @Test
    void everyRecordOfPlansIsKnown() {
        assertThat(PlanNode.class.getPermittedSubclasses())
                .allSatisfy(node ->
                        assertThat(PlanCodec.knows(node)).as(node.getName()).isTrue());
        assertThat(Expression.class.getPermittedSubclasses())
                .allSatisfy(expression -> assertThat(PlanCodec.knows(expression))
                        .as(expression.getName())
                        .isTrue());
    }
}
