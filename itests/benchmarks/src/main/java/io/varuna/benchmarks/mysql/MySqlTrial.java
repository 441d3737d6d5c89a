package io.varuna.benchmarks.mysql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.Output;
import io.varuna.benchmarks.pipeline.Question;
import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.pipeline.VarunaEngine;
import io.varuna.engine.RunningRule;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.time.RealTime;
import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.MySqlConnection;
import io.varuna.plugin.mysql.MySqlSink;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Rows of messages into a table: by a rule and by a loop over the driver, in turns, as the server does most of the work and its
 * speed varies. What counts is the time that passes, and the rule decodes its messages meanwhile.
 */
public final class MySqlTrial implements Trial {
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 2;
    private static final int ROWS = 20_000;
    private static final int BATCH = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK = Duration.ofNanos(200_000).toNanos();
    private static final String COLUMNS =
            " (id VARCHAR(20), ts BIGINT, temperature DOUBLE, humidity DOUBLE, status VARCHAR(10))";
    private static final String INSERT =
            "INSERT INTO by_hand (id, ts, temperature, humidity, status) VALUES (?, ?, ?, ?, ?)";

    private final MariaDbServer database = MariaDbServer.temporary();
    private final Messages messages = Messages.of(Shape.SMALL, ROWS, 1_000);
    private final List<JsonNode> rows = new ArrayList<>();
    private final List<Double> byHand = new ArrayList<>();
    private final List<Double> byRule = new ArrayList<>();

    /** Starts a server. */
    public MySqlTrial() throws Exception {
        database.execute("CREATE TABLE by_hand" + COLUMNS);
        database.execute("CREATE TABLE by_rule" + COLUMNS);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < ROWS; i++) {
            rows.add(mapper.readTree(messages.text(i)));
        }
    }

    @Override
    public long run() throws Exception {
        try (VarunaEngine engine =
                new VarunaEngine(new RealTime(), Output.discarding(), new MySqlSink(), new MySqlConnection())) {
            engine.create(Question.STREAM);
            ActionSpec action = new ActionSpec("mysql", 0, Map.of("url", database.url(), "table", "by_rule"));
            RunningRule rule =
                    engine.start("rows", "SELECT id, ts, temperature, humidity, status FROM demo", action, Map.of());
            for (int i = 0; i < ROUNDS + WARM_UP; i++) {
                double hand = rate(this::insertByHand);
                double ours = rate(() -> insertByRule(engine, rule));
                if (i >= WARM_UP) {
                    byHand.add(hand);
                    byRule.add(ours);
                }
            }
        }
        if (database.count("by_rule") != database.count("by_hand")) {
            throw new IllegalStateException(
                    "The rule wrote " + database.count("by_rule") + " rows of " + database.count("by_hand"));
        }
        return 2L * (ROUNDS + WARM_UP) * ROWS;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double rate(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }

    private void insertByHand() throws SQLException {
        try (Connection connection = database.connect("rewriteBatchedStatements=true");
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            int waiting = 0;
            for (JsonNode row : rows) {
                statement.setString(1, row.get("id").textValue());
                statement.setLong(2, row.get("ts").longValue());
                statement.setDouble(3, row.get("temperature").doubleValue());
                statement.setLong(4, row.get("humidity").longValue());
                statement.setString(5, row.get("status").textValue());
                statement.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    statement.executeBatch();
                    connection.commit();
                    waiting = 0;
                }
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    private void insertByRule(VarunaEngine engine, RunningRule rule) throws Exception {
        long wanted = written(rule) + ROWS;
        engine.feed("demo", messages, 0, messages.count());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (written(rule) < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The database does not take the rows: " + rule.metrics());
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private static long written(RunningRule rule) {
        return ((Number) rule.metrics().getOrDefault("sink_mysql_0_0_records_out_total", 0L)).longValue();
    }

    @Override
    public Map<String, Double> figures() {
        double hand = median(byHand);
        double ours = median(byRule);
        return Map.of("rowsPerSecondByHand", hand, "rowsPerSecondByRule", ours, "ratio", ours / hand);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        database.close();
    }
}
