package io.varuna.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final InputColumn A = new InputColumn(0, "a", DataType.ANY);
    private static final Literal ONE = new Literal(1L, DataType.BIGINT);
    private static final Literal NULL = new Literal(null, DataType.ANY);

    @Test
    void printsTheRootFirst() {
        assertThat(SamplePlans.AVERAGE.explain())
                .isEqualTo(
                        """
                        Output device, mean
                          Filter mean > 25.0
                            WindowAggregate tumbling 10s: avg(temperature) AS mean by device
                              Filter temperature > 20.0
                                Scan demo AS d [device STRING, temperature FLOAT, *, meta(*)]
                        """);
        assertThat(SamplePlans.STEPS.explain())
                .isEqualTo(
                        """
                        Output *
                          Limit 3
                            Sort device DESC
                              Aggregate $count_rows(DISTINCT ) FILTER (WHERE temperature > 3.0) AS n by device
                                Window sliding 1m30s and 1s after filter temperature > 1.0 when temperature > 2.0 partition by device
                                  Analytic lag(temperature) OVER (PARTITION BY device WHEN temperature > 0.0) AS before
                                    Scan demo AS d [device STRING, temperature FLOAT, *, meta(*)]
                        """);
    }

    @Test
    void printsWhatRowsWaitFor() {
        assertThat(SamplePlans.WAITING.explain())
                .isEqualTo(
                        """
                        Output parts
                          Delay temperature ms
                            DedupTrigger temperature to temperature at temperature expire 600000 ms AS parts
                              Scan demo AS d [device STRING, temperature FLOAT, *, meta(*)]
                        """);
    }

    @Test
    void printsAggregatesOverRowsBefore() {
        assertThat(SamplePlans.RUNNING.explain())
                .isEqualTo(
                        """
                        Output mean
                          RunningAggregate $count_rows() FILTER (WHERE temperature > 3.0) AS n over ROWS UNBOUNDED PRECEDING
                            RunningAggregate avg(temperature) AS mean over PARTITION BY device RANGE 1m30s PRECEDING
                              Scan demo AS d [device STRING, temperature FLOAT, *, meta(*)]
                        """);
    }

    @Test
    void printsExpressionsAsAStatementHasThem() {
        Expression sum = operation(Operator.PLUS, A, ONE);
        assertThat(operation(Operator.MULTIPLY, sum, ONE)).hasToString("(a + 1) * 1");
        assertThat(operation(Operator.MEMBER, A, new Literal("b c", DataType.VARCHAR)))
                .hasToString("a->`b c`");
        assertThat(operation(Operator.SLICE, A, NULL, ONE)).hasToString("a[:1]");
        assertThat(operation(Operator.INDEX, operation(Operator.MEMBER, A, new Literal("b", DataType.VARCHAR)), ONE))
                .hasToString("a->b[1]");
        assertThat(operation(Operator.NOT_BETWEEN, A, ONE, sum)).hasToString("a NOT BETWEEN 1 AND (a + 1)");
        assertThat(operation(Operator.IN, A, ONE, new Literal("it's", DataType.VARCHAR)))
                .hasToString("a IN (1, 'it''s')");
        assertThat(operation(Operator.CASE, operation(Operator.EQUAL, A, ONE), ONE, NULL))
                .hasToString("CASE WHEN a = 1 THEN 1 ELSE NULL END");
        assertThat(new Operation(Operator.CAST, List.of(A), DataType.BIGINT)).hasToString("CAST(a AS BIGINT)");
        assertThat(operation(Operator.IS_NULL, A)).hasToString("a IS NULL");
        assertThat(new Expression.FunctionCall("upper", List.of(A), DataType.VARCHAR))
                .hasToString("upper(a)");
        assertThat(new Expression.ContextValue(Expression.ContextValue.Kind.RULE_ID))
                .hasToString("rule_id()");
    }

    @Test
    void collectsTheInputsOfExpressions() {
        InputColumn b = new InputColumn(3, "b", DataType.ANY);
        assertThat(Expression.inputs(List.of(operation(Operator.PLUS, b, A), operation(Operator.NEGATE, b))))
                .containsExactly(0, 3);
    }

    private static Expression operation(Operator operator, Expression... operands) {
        return new Operation(operator, List.of(operands), DataType.ANY);
    }
}
