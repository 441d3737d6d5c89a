package io.varuna.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionCompilerTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    /** Evaluates an operation over values that come in columns. */
    private static @Nullable Object eval(Dialect dialect, DataType type, Operator operator, @Nullable Object... values)
            throws Exception {
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            operands.add(new Expression.InputColumn(i, "c" + i, DataType.ANY));
        }
        return compiler(dialect)
                .compile(new Expression.Operation(operator, operands, type))
                .value(values, 0);
    }

    private static ExpressionCompiler compiler(Dialect dialect) {
        FunctionTable functions = new FunctionTable();
        Surroundings surroundings =
                new Surroundings("r1", dialect, 0, Clock.fixed(NOW, ZoneOffset.UTC), ZoneOffset.UTC, functions);
        return new ExpressionCompiler(surroundings, new Bindings(functions, Map.of()));
    }

    private static @Nullable Object rule(Operator operator, @Nullable Object... values) throws Exception {
        return eval(Dialect.RULE, DataType.ANY, operator, values);
    }

    private static @Nullable Object standard(Operator operator, @Nullable Object... values) throws Exception {
        return eval(Dialect.STANDARD, DataType.ANY, operator, values);
    }

    @Test
    void wholeNumbersStayExact() throws Exception {
        assertThat(rule(Operator.PLUS, 9007199254740993L, 1L)).isEqualTo(9007199254740994L);
        assertThat(rule(Operator.MULTIPLY, 3L, 1.5)).isEqualTo(4.5);
        assertThat(rule(Operator.NEGATE, 3L)).isEqualTo(-3L);
        assertThat(rule(Operator.EQUAL, 9007199254740993L, 9007199254740992.0)).isEqualTo(false);
        assertThat(rule(Operator.GREATER, 9007199254740993L, 9007199254740992.0))
                .isEqualTo(true);
    }

    @Test
    void aDivisionOfWholeNumbersCutsOnlyWhereTheyWereDeclaredSo() throws Exception {
        assertThat(rule(Operator.DIVIDE, 7L, 2L)).isEqualTo(3.5);
        assertThat(rule(Operator.DIVIDE, 8L, 2L)).isEqualTo(4L);
        assertThat(eval(Dialect.RULE, DataType.BIGINT, Operator.DIVIDE, -7L, 2L))
                .isEqualTo(-3L);
        assertThat(rule(Operator.REMAINDER, -7L, 3L)).isEqualTo(-1L);
    }

    @Test
    void whatCannotBeCalculatedFails() {
        assertThatThrownBy(() -> rule(Operator.DIVIDE, 1L, 0L)).hasMessage("Division of 1 by zero");
        assertThatThrownBy(() -> rule(Operator.PLUS, Long.MAX_VALUE, 1L))
                .hasMessage("The result of 9223372036854775807 + 1 does not fit BIGINT");
        assertThatThrownBy(() -> rule(Operator.DIVIDE, Long.MIN_VALUE, -1L))
                .hasMessageContaining("does not fit BIGINT");
        assertThatThrownBy(() -> rule(Operator.PLUS, "a", 1L))
                .isInstanceOf(VarunaException.class)
                .hasMessage("'+' takes numbers, not 'a' (STRING)");
        assertThatThrownBy(() -> rule(Operator.LESS, "a", 1L)).hasMessageContaining("cannot be compared");
        assertThatThrownBy(() -> rule(Operator.BITWISE_AND, 1.5, 1L)).hasMessageContaining("takes whole numbers");
        assertThatThrownBy(() -> rule(Operator.AND, 1L, true)).hasMessageContaining("take true or false");
    }

    @Test
    void inTheRuleDialectComparisonsWithNullAreFalse() throws Exception {
        assertThat(rule(Operator.EQUAL, null, null)).isEqualTo(false);
        assertThat(rule(Operator.NOT_EQUAL, 1L, null)).isEqualTo(false);
        assertThat(rule(Operator.BETWEEN, null, 1L, 2L)).isEqualTo(false);
        assertThat(rule(Operator.NOT_BETWEEN, 1L, null, 2L)).isEqualTo(false);
        assertThat(rule(Operator.IN, null, 1L)).isEqualTo(false);
        assertThat(rule(Operator.NOT_IN, null, 1L)).isEqualTo(false);
        assertThat(rule(Operator.NOT_IN, 2L, 1L, null)).isEqualTo(true);
        assertThat(rule(Operator.NOT_IN_LIST, 2L, null)).isEqualTo(true);
        assertThat(rule(Operator.LIKE, null, "a")).isEqualTo(false);
        assertThat(rule(Operator.AND, true, null)).isEqualTo(false);
        assertThat(rule(Operator.OR, null, true)).isEqualTo(false);
        assertThat(rule(Operator.OR, true, null)).isEqualTo(true);
        assertThat(rule(Operator.PLUS, 1L, Missing.VALUE)).isNull();
    }

    @Test
    void inTheStandardDialectLogicHasThreeValues() throws Exception {
        assertThat(standard(Operator.EQUAL, null, 1L)).isNull();
        assertThat(standard(Operator.AND, null, false)).isEqualTo(false);
        assertThat(standard(Operator.AND, null, true)).isNull();
        assertThat(standard(Operator.OR, null, true)).isEqualTo(true);
        assertThat(standard(Operator.NOT, (Object) null)).isNull();
        assertThat(standard(Operator.IN, 1L, 2L, null)).isNull();
        assertThat(standard(Operator.NOT_IN, 1L, 1L, null)).isEqualTo(false);
        assertThat(standard(Operator.BETWEEN, 1L, 2L, null)).isEqualTo(false);
        assertThat(standard(Operator.BETWEEN, 1L, 0L, null)).isNull();
        assertThat(standard(Operator.IS_TRUE, (Object) null)).isEqualTo(false);
        assertThat(standard(Operator.IS_NOT_FALSE, (Object) null)).isEqualTo(true);
        assertThat(standard(Operator.IS_NULL, Missing.VALUE)).isEqualTo(true);
    }

    @Test
    void datetimesCompareWithMillisecondsAndTexts() throws Exception {
        assertThat(rule(Operator.EQUAL, NOW, NOW.toEpochMilli())).isEqualTo(true);
        assertThat(rule(Operator.LESS, "2024-12-31 23:59:59", NOW)).isEqualTo(true);
    }

    @Test
    void textsCompareByCodePoints() throws Exception {
        assertThat(rule(Operator.LESS, "\uFFFD", "\uD83D\uDE00")).isEqualTo(true);
        assertThat(rule(Operator.LESS, "a", "ab")).isEqualTo(true);
    }

    @Test
    void likeTakesPatternsAsSqlDoes() throws Exception {
        assertThat(rule(Operator.LIKE, "a.b", "a.b")).isEqualTo(true);
        assertThat(rule(Operator.LIKE, "axb", "a.b")).isEqualTo(false);
        assertThat(rule(Operator.LIKE, "a\nb", "a%b")).isEqualTo(true);
        assertThat(rule(Operator.LIKE, "100%", "100!%", "!")).isEqualTo(true);
        assertThat(rule(Operator.NOT_LIKE, "1000", "100!%", "!")).isEqualTo(true);
    }

    @Test
    void listsAreIndexedFromBothEnds() throws Exception {
        List<Long> list = List.of(1L, 2L, 3L);
        assertThat(rule(Operator.INDEX, list, 0L)).isEqualTo(1L);
        assertThat(rule(Operator.INDEX, list, -1L)).isEqualTo(3L);
        assertThat(rule(Operator.INDEX, null, 5L)).isNull();
        assertThat(rule(Operator.SLICE, list, 1L, null)).isEqualTo(List.of(2L, 3L));
        assertThat(rule(Operator.SLICE, list, null, -1L)).isEqualTo(List.of(1L, 2L));
        assertThatThrownBy(() -> rule(Operator.INDEX, list, 3L)).hasMessage("There is no element 3 in a list of 3");
        assertThatThrownBy(() -> rule(Operator.SLICE, list, 2L, -2L)).hasMessageContaining("There is no part");
        assertThatThrownBy(() -> rule(Operator.INDEX, "text", 0L)).hasMessageContaining("takes a list");
    }

    @Test
    void positionsOfTheStandardCountFromOne() throws Exception {
        assertThat(rule(Operator.POSITION, 1L)).isEqualTo(0L);
        assertThat(rule(Operator.POSITION, 3L)).isEqualTo(2L);
        assertThat(rule(Operator.POSITION, -1L)).isEqualTo(-1L);
        assertThat(rule(Operator.POSITION, "name")).isEqualTo("name");
        assertThat(rule(Operator.POSITION, (Object) null)).isNull();
        assertThatThrownBy(() -> rule(Operator.POSITION, 0L)).hasMessageContaining("lists count from 1");
        assertThatThrownBy(() -> rule(Operator.POSITION, true)).hasMessageContaining("is a whole number");
    }

    @Test
    void membersOfStructsAreNullWhereThereAreNone() throws Exception {
        Map<String, Object> struct = Map.of("a", 1L);
        assertThat(rule(Operator.MEMBER, struct, "a")).isEqualTo(1L);
        assertThat(rule(Operator.MEMBER, struct, "b")).isNull();
        assertThat(rule(Operator.MEMBER, 5L, "b")).isNull();
        assertThatThrownBy(() -> rule(Operator.MEMBER, List.of(), "b")).hasMessageContaining("has no member 'b'");
    }

    @Test
    void structsAreMadeMergedAndChanged() throws Exception {
        Map<String, @Nullable Object> made = new TreeMap<>();
        made.put("a", 1L);
        made.put("c", null);
        assertThat(rule(Operator.STRUCT, "a", 1L, "b", Missing.VALUE, "c", null))
                .isEqualTo(made);
        assertThat(rule(Operator.MERGE, Map.of("a", 1L), null, Map.of("a", 2L, "b", 3L)))
                .isEqualTo(Map.of("a", 1L, "b", 3L));
        assertThat(rule(Operator.EXCEPT, Map.of("a", 1L, "b", 2L), "a")).isEqualTo(Map.of("b", 2L));
        assertThat(rule(Operator.REPLACE, Map.of("a", 1L, "b", 2L), "a", 5L, "b", null))
                .isEqualTo(Map.of("a", 5L, "b", 2L));
        assertThat(eval(Dialect.RULE, DataType.struct(Schema.OPEN), Operator.MERGE))
                .isEqualTo(Map.of());
    }

    @Test
    void choicesTakeTheFirstThatFits() throws Exception {
        assertThat(rule(Operator.CASE, null, 1L, true, 2L, 3L)).isEqualTo(2L);
        assertThat(rule(Operator.CASE, false, 1L, 3L)).isEqualTo(3L);
        assertThat(rule(Operator.COALESCE, null, Missing.VALUE, 7L)).isEqualTo(7L);
        assertThat(rule(Operator.CONCATENATE, "a", 1L, 2.0)).isEqualTo("a12");
    }

    @Test
    void aColumnComparedWithAConstantIsComparedAsAnyValueIs() throws Exception {
        List<@Nullable Object> values =
                Arrays.asList(1L, 2L, 3L, 1.5, 2.0, 2.5, Long.MAX_VALUE, Double.NaN, null, Missing.VALUE);
        for (Operator operator : List.of(
                Operator.EQUAL,
                Operator.NOT_EQUAL,
                Operator.LESS,
                Operator.LESS_OR_EQUAL,
                Operator.GREATER,
                Operator.GREATER_OR_EQUAL)) {
            for (Object constant : List.of(2L, 2.0, 1.5, Long.MAX_VALUE)) {
                Expression column = new Expression.InputColumn(0, "a", DataType.ANY);
                Evaluator special = compiler(Dialect.RULE)
                        .compile(new Expression.Operation(
                                operator,
                                List.of(column, new Expression.Literal(constant, DataType.ANY)),
                                DataType.BOOLEAN));
                for (Object value : values) {
                    assertThat(special.holds(new @Nullable Object[] {value}, 0))
                            .as("%s %s %s", value, operator, constant)
                            .isEqualTo(rule(operator, value, constant));
                }
            }
        }
    }
}
