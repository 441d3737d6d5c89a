package io.varuna.api.manage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a rule is carried out.
 *
 * @param dialect the dialect that its query was read in: {@code rule} or {@code standard}
 * @param eventTime whether rows are in the order of the time that they carry, otherwise in that of their arrival
 * @param time which time counts, and why, in words
 * @param inputs what is read, in the order of FROM
 * @param plan the last step, with those before it
 */
public record RuleExplanation(String dialect, boolean eventTime, String time, List<Input> inputs, Step plan) {
    /**
     * A stream or table that is read, and what is left to its source.
     *
     * @param kind {@code stream}, {@code table} or {@code lookup table}
     * @param type the name of the source's plugin
     * @param format the name of the codec; empty for a lookup table
     * @param shared whether rules share the source, which then decodes what all of them need
     * @param columns what is decoded, or asked for; {@code *} is the whole record, {@code meta(*)} its metadata
     * @param conditions what rows satisfy before any other step sees them
     * @param keys the columns of a lookup table that are compared by the other system, with what they are equal to
     */
    public record Input(
            String name,
            String alias,
            String kind,
            String type,
            String format,
            boolean shared,
            List<String> columns,
            List<String> conditions,
            List<String> keys) {
        public Input {
            columns = List.copyOf(columns);
            conditions = List.copyOf(conditions);
            keys = List.copyOf(keys);
        }

        private Map<String, Object> members() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("alias", alias);
            json.put("kind", kind);
            json.put("type", type);
            json.put("format", format);
            json.put("shared", shared);
            json.put("columns", columns);
            json.put("conditions", conditions);
            json.put("keys", keys);
            return json;
        }
    }

    /**
     * A step.
     *
     * @param operator what it is, such as {@code Filter}
     * @param text what it does, in one line
     * @param columns those of its rows
     * @param inputs the steps whose rows it takes
     */
    public record Step(String operator, String text, List<String> columns, List<Step> inputs) {
        public Step {
            columns = List.copyOf(columns);
            inputs = List.copyOf(inputs);
        }

        private Map<String, Object> members() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("operator", operator);
            json.put("text", text);
            json.put("columns", columns);
            json.put("inputs", inputs.stream().map(Step::members).toList());
            return json;
        }
    }

    public RuleExplanation {
        inputs = List.copyOf(inputs);
    }

    /** Returns all of it for people: the plan has one step a line, indented by depth. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("Dialect: ").append(dialect).append('\n');
        text.append("Time: ").append(time).append('\n');
        text.append("Reads:\n");
        inputs.forEach(input -> append(input, text));
        text.append("Plan:\n");
        append(plan, 1, text);
        return text.toString();
    }

    /** Returns all of it for programs: the members of a JSON object, in their order. */
    public Map<String, Object> members() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dialect", dialect);
        json.put("eventTime", eventTime);
        json.put("time", time);
        json.put("inputs", inputs.stream().map(Input::members).toList());
        json.put("plan", plan.members());
        return json;
    }

    private static void append(Input input, StringBuilder text) {
        text.append("  ").append(input.kind()).append(" '").append(input.name()).append("'");
        if (!input.alias().equals(input.name())) {
            text.append(" as ").append(input.alias());
        }
        text.append(", source ").append(input.type());
        if (!input.format().isEmpty()) {
            text.append(input.shared() ? " (shared)" : "").append(", format ").append(input.format());
        }
        text.append(": ").append(input.columns().isEmpty() ? "no columns" : String.join(", ", input.columns()));
        text.append('\n');
        if (!input.keys().isEmpty()) {
            text.append("    asked for ")
                    .append(String.join(" AND ", input.keys()))
                    .append('\n');
        }
        if (!input.conditions().isEmpty()) {
            text.append("    only where ")
                    .append(String.join(" AND ", input.conditions()))
                    .append('\n');
        }
    }

    private static void append(Step step, int depth, StringBuilder text) {
        text.append("  ".repeat(depth)).append(step.text()).append('\n');
        step.inputs().forEach(input -> append(input, depth + 1, text));
    }
}
