package io.varuna.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law: expressions over columns say the same as those over rows, value by value and failure by failure. */
class ColumnsEqualRowsTest {
    private static final int ROUNDS = 1_000;
    private static final int ROWS = 40;

    private final long seed = Long.getLong("varuna.seed", 1);
    private final RandomExpressions random = new RandomExpressions(seed);

    private static ExpressionCompiler compiler(Dialect dialect) {
        FunctionTable functions = new FunctionTable();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new ExpressionCompiler(
                new Surroundings("r1", dialect, 0, clock, ZoneOffset.UTC, functions),
                new Bindings(functions, Map.of()));
    }

    /** Puts rows into columns: texts as bytes, as decoders do, or some of them as they are. */
    private RecordColumns columns(List<@Nullable Object[]> rows) {
        boolean bytesOnly = random.chance(50);
        RecordColumns columns = new RecordColumns(16);
        columns.begin(RandomExpressions.COLUMNS, null);
        for (int r = 0; r < rows.size(); r++) {
            columns.arrival(r, Map.of());
            @Nullable Object[] row = rows.get(r);
            for (int c = 0; c < row.length; c++) {
                if (row[c] instanceof String text && (bytesOnly || random.chance(80))) {
                    byte[] bytes = ("x" + text).getBytes(StandardCharsets.UTF_8);
                    columns.column(c).putText(r, bytes, 1, bytes.length - 1);
                } else {
                    columns.column(c).put(r, row[c]);
                }
            }
            columns.endRecord();
        }
        return columns;
    }

    /** Does not tell equal values of different classes apart by chance: NaN equals itself, 0.0 is not -0.0, 1 is not 1.0. */
    private static String text(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    private static String failure(Throwable cause) {
        return "fails: " + cause.getMessage();
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aConditionSelectsTheSameRows(Dialect dialect) {
        ExpressionCompiler compiler = compiler(dialect);
        for (int round = 0; round < ROUNDS; round++) {
            Expression condition = random.condition(3);
            List<@Nullable Object[]> rows = random.rows(ROWS);
            List<String> expected = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            Evaluator evaluator = compiler.compile(condition);
            for (int r = 0; r < ROWS; r++) {
                try {
                    if (evaluator.holds(rows.get(r), r)) {
                        expected.add(String.valueOf(r));
                    }
                } catch (Exception e) {
                    failures.add(failure(e));
                }
            }
            List<String> troubles = new ArrayList<>();
            ColumnBatch selected = ColumnCondition.of(condition, compiler)
                    .orElseThrow()
                    .select(columns(rows).batch(), (cause, row) -> troubles.add(failure(cause)));
            List<String> actual = new ArrayList<>();
            for (int i = 0; i < selected.size(); i++) {
                actual.add(String.valueOf(selected.selection()[i]));
            }
            assertThat(actual).as("seed %d: %s", seed, condition).isEqualTo(expected);
            assertThat(troubles).as("seed %d: %s", seed, condition).isEqualTo(failures);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void lanesHoldTheSameValues(Dialect dialect) throws Exception {
        ExpressionCompiler compiler = compiler(dialect);
        Map<Lane.Kind, Integer> held = new EnumMap<>(Lane.Kind.class);
        for (int round = 0; round < 4 * ROUNDS; round++) {
            Expression expression = random.chance(50) ? random.condition(2) : random.any(2);
            List<@Nullable Object[]> rows = random.rows(ROWS);
            ColumnBatch batch = columns(rows).batch();
            int[] places =
                    IntStream.range(0, ROWS).filter(row -> random.chance(60)).toArray();
            Lanes lanes = Lanes.of(batch, places, places.length);
            Lane lane = new ColumnCompiler(compiler).compile(expression).lane(lanes);
            if (lane == null) {
                continue;
            }
            held.merge(lane.kind(), 1, Integer::sum);
            ColumnVector values = lanes.unpack(lane);
            Evaluator evaluator = compiler.compile(expression);
            for (int i = 0; i < places.length; i++) {
                Object expected = evaluator.value(rows.get(places[i]), places[i]);
                Object actual = values == null ? (Object) lane.fractions(places.length)[i] : values.get(places[i]);
                Object exact = values == null && expected instanceof Long whole ? (Object) (double) whole : expected;
                assertThat(text(actual)).as("seed %d: %s", seed, expression).isEqualTo(text(exact));
            }
        }
        assertThat(held).as("seed %d", seed).containsOnlyKeys(Lane.Kind.values());
        assertThat(held.values()).as("seed %d", seed).allMatch(times -> times > 5);
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aProjectionComputesTheSameValues(Dialect dialect) {
        ExpressionCompiler compiler = compiler(dialect);
        for (int round = 0; round < ROUNDS; round++) {
            List<Expression> expressions = List.of(random.any(3), random.any(2), random.any(0));
            List<@Nullable Object[]> rows = random.rows(ROWS);
            Evaluator[] evaluators =
                    expressions.stream().map(compiler::compileRaw).toArray(Evaluator[]::new);
            List<String> expected = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            for (int r = 0; r < ROWS; r++) {
                try {
                    StringBuilder values = new StringBuilder().append(r);
                    for (Evaluator evaluator : evaluators) {
                        values.append(", ").append(text(evaluator.value(rows.get(r), r)));
                    }
                    expected.add(values.toString());
                } catch (Exception e) {
                    failures.add(failure(e));
                }
            }
            List<String> troubles = new ArrayList<>();
            ColumnBatch computed = ColumnProjection.of(expressions, compiler)
                    .orElseThrow()
                    .project(columns(rows).batch(), (cause, row) -> troubles.add(failure(cause)));
            List<String> actual = new ArrayList<>();
            for (int i = 0; i < computed.size(); i++) {
                int place = computed.selection()[i];
                StringBuilder values = new StringBuilder().append(place);
                for (Object value : computed.row(place)) {
                    values.append(", ").append(text(value));
                }
                actual.add(values.toString());
            }
            assertThat(actual).as("seed %d: %s", seed, expressions).isEqualTo(expected);
            assertThat(troubles).as("seed %d: %s", seed, expressions).isEqualTo(failures);
        }
    }
}
