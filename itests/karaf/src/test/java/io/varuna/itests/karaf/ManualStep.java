package io.varuna.itests.karaf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A block of a page of the manual that somebody does who follows it.
 *
 * @param language of the block
 * @param lead the last line of prose before it
 * @param content its lines
 * @param expected the block of text after it, which shows what comes of it; {@code ...} stands for anything
 * @param line of the page
 */
record ManualStep(String language, String lead, String content, @Nullable String expected, int line) {
    private static final String FENCE = "```";

    /** Returns the steps of a page. */
    static List<ManualStep> of(List<String> page) {
        List<ManualStep> steps = new ArrayList<>();
        String lead = "";
        for (int i = 0; i < page.size(); i++) {
            String text = page.get(i);
            if (!text.startsWith(FENCE)) {
                lead = text.isBlank() ? lead : text;
                continue;
            }
            int start = i + 1;
            i = start;
            while (!page.get(i).equals(FENCE)) {
                i++;
            }
            String content = String.join("\n", page.subList(start, i)) + "\n";
            ManualStep step = new ManualStep(text.substring(FENCE.length()), lead, content, null, start);
            if (step.language.equals("text")) {
                ManualStep last = steps.remove(steps.size() - 1);
                steps.add(new ManualStep(last.language, last.lead, last.content, content.strip(), last.line));
            } else {
                steps.add(step);
            }
            lead = "";
        }
        return steps;
    }

    /** Tells whether what came of the step is what the page shows. */
    boolean isExpected(String outcome) {
        if (expected == null) {
            return true;
        }
        String pattern =
                Stream.of(expected.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(outcome.strip()).matches();
    }

    /** Tells whether the step only asks, so that it can be done again until the answer has come. */
    boolean asks() {
        return content.startsWith("SELECT ")
                || (content.startsWith("curl -s http")
                        && content.strip().lines().count() == 1);
    }

    @Override
    public String toString() {
        return "line " + line + ": " + content;
    }
}
