package io.varuna.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law: when many conditions compare a column of one batch with constants, each selects the rows that it selects alone. */
class ColumnIndexTest {
    private static final int BATCHES = 30;
    private static final int CONDITIONS = 60;
    private static final List<Operator> OPERATORS = List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.LESS,
            Operator.LESS_OR_EQUAL,
            Operator.GREATER,
            Operator.GREATER_OR_EQUAL);
    private static final Object[] NUMBERS = {
        0L,
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x1p63
    };

    private final long seed = Long.getLong("varuna.seed", 1);
    private final Random random = new Random(seed);
    private final RecordColumns columns = new RecordColumns(64);

    private Object number() {
        return switch (random.nextInt(20)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> (long) random.nextInt(4) - 2;
            case 2, 3, 4, 5 -> (long) random.nextInt(2_000) - 1_000;
            default -> (random.nextInt(20_000) - 10_000) / 8.0;
        };
    }

    private String text() {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "a long text with \u00fcmlauts " + random.nextInt(40);
            case 2 -> "eight " + (10 + random.nextInt(80));
            default -> "dev-" + random.nextInt(100);
        };
    }

    /** Returns a value that is of one kind most of the time. */
    private @Nullable Object value(boolean numbers, int strange) {
        if (random.nextInt(100) >= strange) {
            return numbers ? number() : text();
        }
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> Missing.VALUE;
            case 2 -> random.nextBoolean();
            case 3 -> List.of(1L);
            case 4 -> text();
            default -> number();
        };
    }

    private List<@Nullable Object[]> fill(boolean numbers, int strange) {
        columns.truncate(0);
        columns.begin(2, null);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int r = 100 + random.nextInt(400); r > 0; r--) {
            columns.arrival(rows.size(), Map.of());
            @Nullable Object[] row = {value(numbers, strange), (long) rows.size()};
            if (row[0] instanceof String text && random.nextInt(50) > 0) {
                byte[] bytes = ("x" + text).getBytes(StandardCharsets.UTF_8);
                columns.column(0).putText(rows.size(), bytes, 1, bytes.length - 1);
            } else {
                columns.column(0).put(rows.size(), row[0]);
            }
            columns.column(1).put(rows.size(), row[1]);
            columns.endRecord();
            rows.add(row);
        }
        return rows;
    }

    private Expression condition(boolean numbers) {
        Object constant = random.nextInt(10) == 0 == numbers ? text() : number();
        Expression comparison = new Expression.Operation(
                random.nextInt(3) == 0 ? Operator.EQUAL : OPERATORS.get(random.nextInt(OPERATORS.size())),
                List.of(new Expression.InputColumn(0, "c", DataType.ANY), literal(constant)),
                DataType.BOOLEAN);
        if (random.nextInt(4) > 0) {
            return comparison;
        }
        Expression second = new Expression.Operation(
                Operator.LESS,
                List.of(new Expression.InputColumn(1, "n", DataType.ANY), literal(150L)),
                DataType.BOOLEAN);
        return new Expression.Operation(Operator.AND, List.of(comparison, second), DataType.BOOLEAN);
    }

    private static Expression literal(Object value) {
        return new Expression.Literal(value, DataType.ANY);
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void theySelectWhatEachSelectsAlone(Dialect dialect) throws Exception {
        FunctionTable functions = new FunctionTable();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ExpressionCompiler compiler = new ExpressionCompiler(
                new Surroundings("r1", dialect, 0, clock, ZoneOffset.UTC, functions),
                new Bindings(functions, Map.of()));
        int selectedAtAll = 0;
        for (int b = 0; b < BATCHES; b++) {
            boolean numbers = random.nextBoolean();
            List<@Nullable Object[]> rows = fill(numbers, random.nextInt(4) == 0 ? 30 : random.nextInt(6));
            ColumnBatch batch = columns.batch();
            for (int c = 0; c < CONDITIONS; c++) {
                Expression condition = condition(numbers);
                List<String> expected = new ArrayList<>();
                List<String> failures = new ArrayList<>();
                Evaluator evaluator = compiler.compile(condition);
                for (int r = 0; r < rows.size(); r++) {
                    try {
                        if (evaluator.holds(rows.get(r), r)) {
                            expected.add(String.valueOf(r));
                        }
                    } catch (Exception e) {
                        failures.add(r + " " + e.getMessage());
                    }
                }
                List<String> troubles = new ArrayList<>();
                ColumnBatch selected = ColumnCondition.of(condition, compiler)
                        .orElseThrow()
                        .select(batch, (cause, row) -> troubles.add(row[1] + " " + cause.getMessage()));
                List<String> actual = new ArrayList<>();
                for (int i = 0; i < selected.size(); i++) {
                    actual.add(String.valueOf(selected.selection()[i]));
                }
                assertThat(actual).as("seed %d: %s", seed, condition).isEqualTo(expected);
                assertThat(troubles).as("seed %d: %s", seed, condition).isEqualTo(failures);
                selectedAtAll += actual.size();
                columns.release();
            }
        }
        assertThat(selectedAtAll).as("seed %d", seed).isGreaterThan(1_000);
    }
}
