package io.varuna.itests.rules.kuiper;

import io.varuna.itests.rules.StandardPlugins;
import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rule on streams of a case. */
final class Probe implements AutoCloseable {
    private final RuleHarness harness;
    private @Nullable TestRule rule;

    Probe(Instant start) {
        this.harness = StandardPlugins.harness(start);
    }

    /** Creates a stream without columns. */
    Probe stream(String name) {
        return execute("CREATE STREAM `" + name + "` () WITH (DATASOURCE=\"" + name + "\", TYPE=\"feed\")");
    }

    Probe execute(String statement) {
        harness.execute(statement);
        return this;
    }

    Probe start(String sql) {
        return start(sql, Map.of("sendError", true));
    }

    /** Starts the rule, or another one in its place. */
    Probe start(String sql, Map<String, ? extends @Nullable Object> options) {
        TestRule previous = rule;
        if (previous != null) {
            previous.stop();
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(options);
        // how eKuiper plans says nothing about results
        all.remove("planOptimizeStrategy");
        // eKuiper sends what a window without rows has
        rule = harness.start("case", sql, all, Map.of("omitIfEmpty", false));
        return this;
    }

    /** Compiles a rule without running it. */
    void compile(String sql) {
        harness.compile(sql, Map.of());
    }

    /** Reads a statement about streams without carrying it out. */
    void check(String statement) {
        harness.check(statement);
    }

    /** Stops the rule and starts it from its state. */
    void restart() {
        TestRule running = rule;
        if (running != null) {
            running.restart();
        }
    }

    /** Returns the DATASOURCE of a stream or table. */
    String dataSource(String stream) {
        return harness.stream(stream)
                .map(definition -> definition.options().dataSource())
                .orElse("");
    }

    Instant now() {
        return harness.now();
    }

    void advanceTo(Instant time) {
        if (time.isAfter(harness.now())) {
            harness.advanceTo(time);
        }
    }

    void send(String stream, Map<String, @Nullable Object> row) {
        send(stream, row, Map.of());
    }

    void send(String stream, Map<String, @Nullable Object> row, Map<String, @Nullable Object> metadata) {
        harness.send(stream, List.of(row), metadata);
    }

    /** Returns what came since the last call: messages, each a list of rows. */
    List<List<?>> messages() {
        List<List<?>> messages = new ArrayList<>();
        TestRule running = rule;
        if (running != null) {
            for (String message : running.takeMessages()) {
                Object read = Json.read(message);
                messages.add(read instanceof List<?> rows ? rows : List.of(String.valueOf(read)));
            }
        }
        return messages;
    }

    /** Returns the rows of all messages since the last call. */
    List<Map<?, ?>> rows() {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (List<?> message : messages()) {
            for (Object row : message) {
                rows.add(row instanceof Map<?, ?> map ? map : Map.of());
            }
        }
        return rows;
    }

    static boolean isError(Object row) {
        return row instanceof Map<?, ?> map && map.size() == 1 && map.get("error") instanceof String;
    }

    @Override
    public void close() {
        harness.close();
    }
}
