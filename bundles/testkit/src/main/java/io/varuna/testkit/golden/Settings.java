package io.varuna.testkit.golden;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code config} or {@code metrics} block: one {@code name = value} a line. */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Parses a block.
     *
     * @throws GoldenSyntaxException naming the line of the page
     */
    public static Settings parse(GoldenPage.Block block) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < block.text().size(); i++) {
            String line = block.text().get(i);
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw new GoldenSyntaxException(block.line() + i, "expected: name = value");
            }
            String name = line.substring(0, equals).strip();
            if (values.put(name, line.substring(equals + 1).strip()) != null) {
                throw new GoldenSyntaxException(block.line() + i, "'" + name + "' is there twice");
            }
        }
        return new Settings(values);
    }

    /** Returns the lines of the block. */
    public List<String> render() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .toList();
    }
}
