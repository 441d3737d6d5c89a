package io.varuna.benchmarks.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.benchmarks.message.Messages;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Answers the question as many do: Jackson makes a map of each message, functions are put together for the rest. */
public final class MapPipeline implements Trial {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper();
    private final Messages messages;
    private final Output output;
    private final Function<Map<String, Object>, Object> condition =
            and(greater(column("temperature"), constant(20)), same(column("status"), constant("ok")));
    private final Map<String, Function<Map<String, Object>, Object>> columns = new LinkedHashMap<>();

    public MapPipeline(Messages messages, Output output) {
        this.messages = messages;
        this.output = output;
        columns.put("f", plus(times(column("temperature"), constant(1.8)), constant(32)));
        columns.put("humidity", column("humidity"));
    }

    @Override
    public long run() throws IOException {
        for (int i = 0; i < messages.count(); i++) {
            accept(messages.bytes(), messages.start(i), messages.end(i) - messages.start(i));
        }
        return messages.count();
    }

    /** Processes one message. */
    public void accept(byte[] bytes, int offset, int length) throws IOException {
        Map<String, Object> row = mapper.readValue(bytes, offset, length, MAP);
        if (!Boolean.TRUE.equals(condition.apply(row))) {
            return;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        columns.forEach((name, expression) -> result.put(name, expression.apply(row)));
        byte[] encoded = mapper.writeValueAsBytes(result);
        output.message(encoded, 0, encoded.length);
    }

    private static Function<Map<String, Object>, Object> column(String name) {
        return row -> row.get(name);
    }

    private static Function<Map<String, Object>, Object> constant(Object value) {
        return row -> value;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static Function<Map<String, Object>, Object> times(
            Function<Map<String, Object>, Object> left, Function<Map<String, Object>, Object> right) {
        return row -> number(left.apply(row)) * number(right.apply(row));
    }

    private static Function<Map<String, Object>, Object> plus(
            Function<Map<String, Object>, Object> left, Function<Map<String, Object>, Object> right) {
        return row -> number(left.apply(row)) + number(right.apply(row));
    }

    private static Function<Map<String, Object>, Object> greater(
            Function<Map<String, Object>, Object> left, Function<Map<String, Object>, Object> right) {
        return row -> number(left.apply(row)) > number(right.apply(row));
    }

    private static Function<Map<String, Object>, Object> same(
            Function<Map<String, Object>, Object> left, Function<Map<String, Object>, Object> right) {
        return row -> left.apply(row).equals(right.apply(row));
    }

    private static Function<Map<String, Object>, Object> and(
            Function<Map<String, Object>, Object> left, Function<Map<String, Object>, Object> right) {
        return row -> (Boolean) left.apply(row) && (Boolean) right.apply(row);
    }
}
