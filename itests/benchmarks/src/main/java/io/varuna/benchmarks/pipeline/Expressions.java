package io.varuna.benchmarks.pipeline;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.vector.ColumnCondition;
import io.varuna.engine.vector.ColumnProjection;
import io.varuna.plan.Filter;
import io.varuna.plan.Project;
import io.varuna.plan.RulePlan;
import io.varuna.rulekit.StreamCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A condition and computations on values that are decoded already, and no further. */
public final class Expressions implements Trial {
    private static final int BATCHES = 16;
    private static final int ROWS = 256;

    /** What other rules ask, so that the compiler of the JVM does not know the one that is measured only. */
    private static final List<String> OTHERS = List.of(
            "SELECT temperature / 2 + humidity AS a FROM demo WHERE humidity > 30 OR temperature < 12",
            "SELECT humidity - temperature AS a FROM demo WHERE status = 'off' AND humidity * 2 > temperature + 30",
            "SELECT temperature + 1 AS a, humidity / 3 AS b FROM demo WHERE temperature - humidity < 0 AND humidity > 25",
            "SELECT humidity * humidity AS a FROM demo WHERE temperature * 3 < 90 OR status = 'ok'",
            "SELECT temperature - 3 - humidity AS a FROM demo WHERE humidity + temperature > 50 AND status = 'ok'");

    private static final int OTHER_RUNS = 300;

    private final List<Object[]> rows = new ArrayList<>();
    private final Way way;
    private long passed;
    private double sum;

    /** What is asked. */
    public enum Query {
        CHEAP(Question.SQL),
        EXPENSIVE("SELECT (temperature * 1.8 + 32) * humidity - (temperature - humidity) / (humidity + 1.5) AS a,"
                + " (temperature * temperature + humidity * humidity) * 0.5 - temperature * humidity * 0.25 AS b"
                + " FROM demo WHERE (temperature > 15 OR humidity < 30) AND status = 'ok'"
                + " AND temperature * 2 + humidity < 120 AND humidity - temperature > 5");

        private final String sql;

        Query(String sql) {
            this.sql = sql;
        }
    }

    /** Who evaluates. */
    public enum Contender {
        /** The engine, by loops over columns. */
        COLUMNS,
        /** The engine, row by row, as it does what the loops leave. */
        ROWS,
        /** Functions that are put together. */
        CLOSURES
    }

    /** Evaluates all rows once. */
    private interface Way {
        void run() throws Exception;
    }

    private Expressions(String sql, Contender contender) {
        FunctionTable functions = new FunctionTable();
        StreamCatalog catalog = new StreamCatalog(functions);
        catalog.execute(Question.STREAM);
        RuleOptions options = RuleOptions.DEFAULT;
        RulePlan plan = catalog.compiler().compile(sql, options.dialect(), options.eventTime());
        if (!(plan.root().input() instanceof Project project) || !(project.input() instanceof Filter filter)) {
            throw new IllegalStateException(plan.toString());
        }
        ExpressionCompiler compiler = new ExpressionCompiler(
                new Surroundings("r1", plan.dialect(), 0, Clock.systemUTC(), ZoneOffset.UTC, functions),
                new Bindings(functions, Map.of()));
        List<String> names =
                filter.output().stream().map(column -> column.name()).toList();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < BATCHES * ROWS; i++) {
            rows.add(names.stream().map(name -> value(name, random)).toArray());
        }
        this.way = switch (contender) {
            case COLUMNS -> columns(filter, project, compiler, names.size());
            case ROWS -> rows(compiler.compile(filter.condition()), compiler.compile(project.expressions()));
            case CLOSURES -> closures(
                    Closures.of(filter.condition()),
                    project.expressions().stream().map(Closures::of).toList());
        };
    }

    public static Expressions of(Query query, Contender contender) {
        return new Expressions(query.sql, contender);
    }

    /** Returns the same after other queries were evaluated as well, as on a machine with many rules. */
    public static Expressions amongOthers(Query query, Contender contender) throws Exception {
        for (String sql : OTHERS) {
            Expressions other = new Expressions(sql, contender);
            for (int i = 0; i < OTHER_RUNS; i++) {
                other.run();
            }
        }
        return of(query, contender);
    }

    private static Object value(String column, SplittableRandom random) {
        return switch (column) {
            case "temperature" -> random.nextInt(100, 350) / 10.0;
            case "humidity" -> (long) random.nextInt(20, 90);
            case "status" -> random.nextInt(3) == 0 ? "off" : "ok";
            default -> throw new IllegalArgumentException(column);
        };
    }

    private Way columns(Filter filter, Project project, ExpressionCompiler compiler, int width) {
        List<RecordColumns> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            RecordColumns records = new RecordColumns(ROWS + 1);
            records.begin(width, null);
            rows.subList(i * ROWS, (i + 1) * ROWS).forEach(row -> put(row, records));
            batches.add(records);
        }
        ColumnCondition condition =
                ColumnCondition.of(filter.condition(), compiler).orElseThrow();
        ColumnProjection projection =
                ColumnProjection.of(project.expressions(), compiler).orElseThrow();
        return () -> {
            for (RecordColumns records : batches) {
                ColumnBatch selected = condition.select(records.batch(), Expressions::fail);
                ColumnBatch results = projection.project(selected, Expressions::fail);
                passed += results.size();
                for (int c = 0; c < results.width(); c++) {
                    add(results.column(c), results.selection(), results.size());
                }
                records.release();
            }
        };
    }

    private static void put(Object[] row, RecordColumns records) {
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof String text) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                records.putText(i, utf8, 0, utf8.length);
            } else {
                records.putObject(i, row[i]);
            }
        }
        records.endRecord();
    }

    private void add(ColumnVector values, int[] places, int count) {
        for (int i = 0; i < count; i++) {
            int row = places[i];
            sum += values.tag(row) == ColumnVector.LONG ? values.longAt(row) : values.doubleAt(row);
        }
    }

    private static void fail(Throwable cause, Object[] row) {
        throw new IllegalStateException(cause);
    }

    private Way rows(Evaluator condition, Evaluator[] expressions) {
        return () -> {
            for (Object[] row : rows) {
                if (condition.holds(row, 0)) {
                    Object[] result = new Object[expressions.length];
                    for (int i = 0; i < result.length; i++) {
                        result[i] = expressions[i].value(row, 0);
                    }
                    add(result);
                }
            }
        };
    }

    private Way closures(Function<Object[], Object> condition, List<Function<Object[], Object>> expressions) {
        return () -> {
            for (Object[] row : rows) {
                if ((Boolean) condition.apply(row)) {
                    Object[] result = new Object[expressions.size()];
                    for (int i = 0; i < result.length; i++) {
                        result[i] = expressions.get(i).apply(row);
                    }
                    add(result);
                }
            }
        };
    }

    private void add(Object[] result) {
        passed++;
        for (Object value : result) {
            sum += ((Number) value).doubleValue();
        }
    }

    @Override
    public long run() throws Exception {
        way.run();
        return rows.size();
    }

    /** Returns how many rows passed the condition so far. */
    long passed() {
        return passed;
    }

    /** Returns the sum of all that was computed so far. */
    double sum() {
        return sum;
    }
}
