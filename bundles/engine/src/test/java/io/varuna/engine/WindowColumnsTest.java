package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: a window that takes columns, with groups in arrays, says what one says that looks at its rows one by one: the same
 * results in the same order, the same failures and figures, also if the rule is stopped and started again in between.
 */
class WindowColumnsTest {
    private static final int ROUNDS = 600;

    private final ColumnSite byRows = new ColumnSite();
    private final ColumnSite byColumns = new ColumnSite();

    @AfterEach
    void close() {
        byRows.close();
        byColumns.close();
    }

    /** Without a filter a window takes columns; with one that lets everything pass it does not. */
    private static RulePlan plan(Kind kind, long slide, boolean columns) {
        Scan scan = Plans.scan("k", "v", "w");
        Expression v = Plans.column(scan, "v");
        WindowSpec window = new WindowSpec(
                kind,
                WindowSpec.Unit.SS,
                10_000,
                slide,
                0,
                columns ? null : Plans.literal(true),
                null,
                null,
                null,
                List.of());
        return Plans.plan(new WindowAggregate(
                scan,
                window,
                List.of(Plans.column(scan, "k"), Plans.column(scan, "w")),
                List.of("k", "w"),
                List.of(
                        WindowPlans.count(),
                        WindowPlans.call("sum", v, "s"),
                        WindowPlans.call("total", v, "t"),
                        WindowPlans.call("first", v, "f"),
                        new AggregateCall("total", List.of(v), null, true, DataType.ANY, "d"))));
    }

    private static String payload(Random random) {
        String key =
                switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> "\"k\":" + random.nextInt(4) + ",";
                    case 2 -> "\"k\":" + random.nextInt(4) + ".0,";
                    case 3 -> "\"k\":[" + random.nextInt(3) + "],";
                    default -> "\"k\":\"key \u00fc " + random.nextInt(20) + "\",";
                };
        String value =
                switch (random.nextInt(9)) {
                    case 0 -> "";
                    case 1 -> "\"v\":null,";
                    case 2 -> "\"v\":\"text\",";
                    case 3 -> "\"v\":" + (random.nextInt(40) - 10) / 2.0 + ",";
                    default -> "\"v\":" + (random.nextInt(40) - 5) + ",";
                };
        return "{" + key + value + "\"w\":" + random.nextInt(2) + "}";
    }

    @ParameterizedTest
    @CsvSource({"TUMBLING,10", "HOPPING,4", "HOPPING,10", "HOPPING,15"})
    void theySayTheSame(Kind kind, long slide) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        byRows.start(plan(kind, slide * 1_000, false), Map.of());
        byColumns.start(plan(kind, slide * 1_000, true), Map.of());
        Instant now = ColumnSite.START;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder payload = new StringBuilder();
            for (int left = random.nextInt(20); left > 0; left--) {
                payload.append(payload.isEmpty() ? "[" : ",").append(payload(random));
            }
            now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(900));
            for (ColumnSite site : List.of(byRows, byColumns)) {
                site.time.advanceTo(now);
                if (!payload.isEmpty()) {
                    site.stream.emit(payload + "]");
                }
            }
            if (random.nextInt(40) == 0) {
                byRows.start(plan(kind, slide * 1_000, false), Map.of());
                byColumns.start(plan(kind, slide * 1_000, true), Map.of());
            }
        }
        assertThat(byColumns.sink.messages).as("seed %d", seed).isEqualTo(byRows.sink.messages);
        assertThat(byColumns.errors.rows).as("seed %d", seed).isEqualTo(byRows.errors.rows);
        assertThat(byColumns.figures()).as("seed %d", seed).isEqualTo(byRows.figures());
        assertThat(byRows.sink.messages).as("seed %d", seed).hasSizeGreaterThan(50);
        assertThat(byRows.errors.rows).as("seed %d", seed).hasSizeGreaterThan(50);
    }
}
