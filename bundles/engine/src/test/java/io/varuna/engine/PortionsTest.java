package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression;
import io.varuna.plan.Limit;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: a result with many groups, which is handed on in portions of columns, says what it says as rows: the same messages, and of
 * each step the same failures, in the same order, whatever a sink makes of it.
 */
class PortionsTest {
    /** Around what is worth portions, around one portion, and several. */
    private static final int[] GROUPS = {3, 511, 512, 1_023, 1_024, 1_025, 3_000};

    private final ColumnSite asRows = new ColumnSite();
    private final ColumnSite inPortions = new ColumnSite();

    @AfterEach
    void close() {
        asRows.close();
        inPortions.close();
    }

    /** A limit takes rows; this one cuts nothing off. */
    private static RulePlan plan(Kind kind, long slide, long having, boolean portions) {
        Scan scan = Plans.scan("k", "v");
        Expression v = Plans.column(scan, "v");
        PlanNode node = new WindowAggregate(
                scan,
                WindowPlans.spec(kind, 10_000, slide),
                List.of(Plans.column(scan, "k")),
                List.of("k"),
                List.of(WindowPlans.count(), WindowPlans.call("total", v, "t"), WindowPlans.call("first", v, "f")));
        if (!portions) {
            node = new Limit(node, 0, Long.MAX_VALUE);
        }
        if (having != 0) {
            node = Plans.filter(
                    node,
                    Plans.operation(
                            having > 0 ? Operator.GREATER : Operator.LESS,
                            Plans.column(node, "t"),
                            Plans.literal(having)));
        }
        Map<String, Expression> columns = new LinkedHashMap<>();
        for (String name : List.of("k", "n", "t", "f", "window_start", "window_end")) {
            columns.put(name, Plans.column(node, name));
        }
        columns.put("strict", new Expression.FunctionCall("strict", List.of(Plans.column(node, "f")), DataType.ANY));
        columns.put("sum", Plans.operation(Operator.PLUS, Plans.column(node, "n"), Plans.column(node, "f")));
        return Plans.plan(Plans.project(node, columns));
    }

    private static String payload(Random random, int key) {
        String shown =
                switch (key % 7) {
                    case 0 -> key + ".0";
                    case 1 -> "\"key \u00fc " + key + "\"";
                    case 2 -> "[" + key + "]";
                    default -> "\"k" + key + "\"";
                };
        String value =
                switch (random.nextInt(12)) {
                    case 0 -> "null";
                    case 1 -> (random.nextInt(100) + 1) / 2.0 + "";
                    default -> String.valueOf(random.nextInt(100) + 1);
                };
        return "{\"k\":" + shown + ",\"v\":" + value + "}";
    }

    /** Returns the failures of each step in order; one step is a limit more, and has another number. */
    private static Map<String, List<Map<String, @Nullable Object>>> failures(ColumnSite site) {
        Map<String, List<Map<String, @Nullable Object>>> failures = new TreeMap<>();
        for (Map<String, @Nullable Object> row : site.errors.rows) {
            Map<String, @Nullable Object> failure = new LinkedHashMap<>(row);
            String step = String.valueOf(failure.remove("step")).replaceAll("[0-9]", "");
            failures.computeIfAbsent(step, missing -> new ArrayList<>()).add(failure);
        }
        return failures;
    }

    @ParameterizedTest
    @CsvSource({
        "TUMBLING,10,0,true",
        "TUMBLING,10,0,false",
        "TUMBLING,10,40,true",
        "TUMBLING,10,40,false",
        "TUMBLING,10,-1000000,false",
        "HOPPING,5,0,false",
        "HOPPING,5,40,true"
    })
    void theySayTheSame(Kind kind, long slide, long having, boolean single) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        Map<String, Object> action = Map.of("sendSingle", single, "omitIfEmpty", false);
        asRows.start(plan(kind, slide * 1_000, having, false), action);
        inPortions.start(plan(kind, slide * 1_000, having, true), action);
        Instant now = ColumnSite.START;
        for (int groups : GROUPS) {
            StringBuilder payload = new StringBuilder();
            for (int i = 0; i < groups; i++) {
                payload.append(payload.isEmpty() ? "[" : ",").append(payload(random, i));
            }
            for (ColumnSite site : List.of(asRows, inPortions)) {
                site.stream.emit(payload + "]");
                site.time.advanceTo(now.plusSeconds(10));
            }
            now = now.plusSeconds(10);
        }
        for (ColumnSite site : List.of(asRows, inPortions)) {
            site.time.advanceTo(now.plusSeconds(100));
        }
        assertThat(inPortions.sink.messages).as("seed %d", seed).isEqualTo(asRows.sink.messages);
        assertThat(inPortions.sink.rows).as("seed %d", seed).isEqualTo(asRows.sink.rows);
        assertThat(failures(inPortions)).as("seed %d", seed).isEqualTo(failures(asRows));
        assertThat(asRows.sink.rows).as("seed %d", seed).hasSizeGreaterThan(having < 0 ? -1 : 3_000);
        assertThat(asRows.errors.rows).as("seed %d", seed).hasSizeGreaterThan(200);
    }
}
