package io.varuna.rest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its description is: a family has one HELP and one TYPE, in front of its
 * samples, which are together; no sample is there twice; labels are escaped; the last line is ended.
 */
final class PrometheusReader {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (?:[^\\\\]|\\\\[\\\\n])*");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile(
            "(" + NAME + ")((?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) ([-+]?(?:[0-9.eE+-]+|Inf)|NaN)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private String family = "";

    private PrometheusReader() {}

    /** Returns the values by name and labels as they are written; fails at the first line that is not right. */
    static Map<String, Double> read(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("The last line has no end");
        }
        PrometheusReader reader = new PrometheusReader();
        List.of(text.substring(0, text.length() - 1).split("\n", -1)).forEach(reader::line);
        return reader.samples;
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            family = help.group(1);
            check(begun.add(family), line, "the family was begun before");
        } else if (type.matches()) {
            check(type.group(1).equals(family), line, "the type does not follow the help of the same family");
            check(types.put(family, type.group(2)) == null, line, "the family has a type already");
        } else {
            check(sample.matches(), line, "this is neither HELP, TYPE nor a sample");
            check(sample.group(1), line);
            double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
            check(!"counter".equals(types.get(family)) || value >= 0, line, "a counter is negative");
            check(samples.put(sample.group(1) + sample.group(2), value) == null, line, "the sample is there twice");
        }
    }

    private void check(String name, String line) {
        boolean ofSummary = "summary".equals(types.get(family)) && name.matches(family + "_(?:sum|count)");
        check(types.containsKey(family), line, "the family has no type");
        check(name.equals(family) || ofSummary, line, "the sample is not of the family '" + family + "'");
    }

    private static void check(boolean right, String line, String problem) {
        if (!right) {
            throw new AssertionError(problem + ": " + line);
        }
    }
}
