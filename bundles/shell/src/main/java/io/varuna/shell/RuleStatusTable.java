package io.varuna.shell;

import io.varuna.api.manage.RuleStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.table.ShellTable;

/** The state of one rule with the figures of its steps. */
final class RuleStatusTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String LAST_EXCEPTION = "last_exception";
    private static final Map<String, String> COLUMNS = columns();
    /** Beside the columns; longer names come before those that they end with. */
    private static final List<String> OTHERS = List.of(
            "connection_last_disconnected_message",
            "connection_last_disconnected_time",
            "connection_last_connected_time",
            "connection_last_try_time",
            "connection_status",
            "last_exception_time",
            LAST_EXCEPTION,
            "last_invocation");

    private final RuleStatus status;
    private final ZoneId zone;

    RuleStatusTable(RuleStatus status, ZoneId zone) {
        this.status = status;
        this.zone = zone;
    }

    void print(PrintStream out, String id) {
        out.println("Rule '" + id + "' is " + state());
        printTime(out, "Started", status.lastStart());
        printTime(out, "Stopped", status.lastStop());
        printTime(out, "Next start", status.nextStart());
        Map<String, Map<String, Object>> steps = steps();
        if (steps.isEmpty()) {
            return;
        }
        out.println();
        ShellTable table = new ShellTable();
        table.column("Step");
        COLUMNS.values().forEach(title -> table.column(title).alignRight());
        steps.forEach((step, figures) -> {
            Object[] row = new Object[COLUMNS.size() + 1];
            row[0] = step;
            int i = 1;
            for (String metric : COLUMNS.keySet()) {
                row[i++] = figures.getOrDefault(metric, "");
            }
            table.addRow().addContent(row);
        });
        table.print(out);
        steps.forEach((step, figures) -> {
            Object last = figures.getOrDefault(LAST_EXCEPTION, "");
            if (!last.toString().isEmpty()) {
                out.println();
                out.println("Last error of " + step + ": " + last);
            }
        });
    }

    /** Returns the sum of a figure over the steps whose names begin so. */
    long sum(String stepPrefix, String metric) {
        long sum = 0;
        for (Map.Entry<String, Map<String, Object>> step : steps().entrySet()) {
            if (step.getKey().startsWith(stepPrefix) && step.getValue().get(metric) instanceof Number number) {
                sum += number.longValue();
            }
        }
        return sum;
    }

    private Map<String, Map<String, Object>> steps() {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        status.metrics().forEach((name, value) -> metric(name).ifPresent(metric -> steps.computeIfAbsent(
                        name.substring(0, name.length() - metric.length() - 1), step -> new LinkedHashMap<>())
                .put(metric, value)));
        return steps;
    }

    /** Returns what a name such as {@code source_demo_0_records_in_total} is a figure of. */
    private static Optional<String> metric(String name) {
        return Stream.concat(OTHERS.stream(), COLUMNS.keySet().stream())
                .filter(metric -> name.endsWith("_" + metric))
                .findFirst();
    }

    private String state() {
        String state = status.state().text();
        if (status.message().isEmpty()) {
            return state;
        }
        // "waiting for sink 'mysql'" says it all
        return status.message().startsWith(state) ? status.message() : state + ": " + status.message();
    }

    private void printTime(PrintStream out, String what, long millis) {
        if (millis > 0) {
            out.println(what + ": " + TIME.format(Instant.ofEpochMilli(millis).atZone(zone)));
        }
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("records_in_total", "In");
        columns.put("records_out_total", "Out");
        columns.put("exceptions_total", "Errors");
        columns.put("process_latency_us", "Latency \u00b5s");
        columns.put("buffer_length", "Waiting");
        return columns;
    }
}
