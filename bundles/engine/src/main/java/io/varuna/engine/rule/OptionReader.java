package io.varuna.engine.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values out of options that came as JSON. Problems are collected, so that all can be told at once; a value that
 * does not fit is replaced by the default.
 */
public final class OptionReader {
    private final Map<String, ? extends @Nullable Object> values;
    private final String prefix;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    public OptionReader(Map<String, ? extends @Nullable Object> values) {
        this(values, "", new ArrayList<>());
    }

    private OptionReader(Map<String, ? extends @Nullable Object> values, String prefix, List<String> problems) {
        this.values = values;
        this.prefix = prefix;
        this.problems = problems;
    }

    /** Returns what was found wrong so far, in sentences. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Adds a problem for every option that was not asked for. */
    public void rejectUnknown() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                problems.add("There is no option '" + prefix + name + "'. It takes: " + String.join(", ", known));
            }
        }
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    public boolean flag(String name, boolean otherwise) {
        Object value = value(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.parseBoolean(text);
        }
        return otherwise(name, value, "true or false", otherwise);
    }

    public int whole(String name, int otherwise, int least) {
        return whole(name, otherwise, least, Integer.MAX_VALUE);
    }

    public int whole(String name, int otherwise, int least, int most) {
        Object value = value(name);
        Double number = null;
        if (value instanceof Number given) {
            number = given.doubleValue();
        } else if (value instanceof String text && text.matches("-?[0-9]{1,10}")) {
            number = Double.valueOf(text);
        }
        if (number != null && number == Math.rint(number) && number >= least && number <= most) {
            return number.intValue();
        }
        String range = most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
        return otherwise(name, value, "a whole number " + range, otherwise);
    }

    public String text(String name, String otherwise) {
        Object value = value(name);
        return value instanceof String text ? text : otherwise(name, value, "a text", otherwise);
    }

    public List<String> texts(String name) {
        Object value = value(name);
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        return otherwise(name, value, "a list of texts", List.of());
    }

    /** Reads a span of time: a text such as {@code 10s} or {@code 1h30m}, or a number of milliseconds. */
    public Duration duration(String name, Duration otherwise) {
        Object value = value(name);
        Duration duration = null;
        if (value instanceof Number number && number.doubleValue() >= 0) {
            duration = Duration.ofMillis(number.longValue());
        } else if (value instanceof String text) {
            duration = Durations.parse(text.trim()).orElse(null);
        }
        return duration != null
                ? duration
                : otherwise(name, value, "a time such as \"10s\" or a number of milliseconds", otherwise);
    }

    /** Reads options within an option, telling their problems here. */
    public OptionReader group(String name) {
        Object value = value(name);
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // an object of JSON has texts as keys
            Map<String, @Nullable Object> group = (Map<String, @Nullable Object>) map;
            return new OptionReader(group, prefix + name + ".", problems);
        }
        return new OptionReader(otherwise(name, value, "an object", Map.of()), prefix + name + ".", problems);
    }

    /** Accepts an option whatever it says, for the sake of rules that were written for eKuiper. */
    public @Nullable Object any(String name) {
        return value(name);
    }

    private <T> T otherwise(String name, @Nullable Object value, String takes, T otherwise) {
        if (value != null) {
            problems.add("Option '" + prefix + name + "' takes " + takes + ", not '" + value + "'");
        }
        return otherwise;
    }

    /** Throws if there was a problem, naming all of them. */
    public void check(String where) {
        if (!problems.isEmpty()) {
            throw new VarunaException(StandardError.INVALID_RULE, where + ": " + String.join("; ", problems));
        }
    }
}
