package io.varuna.testkit.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes in and comes out, and when. The first column is the time, the last one the output, and those between are inputs.
 * A line that starts with an exclamation mark is something that happens to the rule.
 *
 * @param inputs the names of the streams
 * @param output the header of the output column
 */
public record Timeline(List<String> inputs, String output, List<Step> steps) {
    /** A line of the table. */
    public sealed interface Step permits Moment, Event {
        int line();
    }

    /**
     * A moment in time. What goes in and comes out at one moment may take several lines; they are one step.
     *
     * @param time when it happens, as the clock of the test shows it
     * @param inputs the records of each input, in order
     * @param outputs the rows that come out, in order
     * @param order the inputs of the records in the order in which they go in: one input's position for each record
     */
    public record Moment(int line, Instant time, List<List<String>> inputs, List<String> outputs, List<Integer> order)
            implements Step {
        public Moment {
            inputs = inputs.stream().map(List::copyOf).toList();
            outputs = List.copyOf(outputs);
            order = List.copyOf(order);
        }

        /** Returns the same moment with other output, for {@link Timeline#render}. */
        public Moment with(List<String> actual) {
            return new Moment(line, time, inputs, actual, order);
        }
    }

    /** Something that happens to the rule. */
    public record Event(int line, EventKind kind, List<String> arguments) implements Step {
        public Event {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return "!" + kind.word() + (arguments.isEmpty() ? "" : " " + String.join(" ", arguments));
        }
    }

    public Timeline {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
    }

    /**
     * Parses a {@code timeline} block.
     *
     * @throws GoldenSyntaxException naming the line of the page
     */
    public static Timeline parse(GoldenPage.Block block) {
        List<String> text = block.text();
        if (text.isEmpty()) {
            throw new GoldenSyntaxException(block.line(), "the timeline has no header, such as: time | demo | out");
        }
        List<String> header = Grid.cells(text.get(0));
        if (header.size() < 2 || !header.get(0).equals("time")) {
            throw new GoldenSyntaxException(block.line(), "a timeline starts with a header such as: time | demo | out");
        }
        int columns = header.size();
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < text.size(); i++) {
            int line = block.line() + i;
            if (text.get(i).startsWith("!")) {
                steps.add(event(text.get(i), line));
                continue;
            }
            List<String> cells = Grid.cells(text.get(i));
            if (cells.size() != columns) {
                throw new GoldenSyntaxException(
                        line, "expected " + columns + " columns, found " + cells.size() + ". Quote values with a bar");
            }
            boolean goesOn = cells.get(0).isEmpty();
            if (goesOn && (steps.isEmpty() || !(steps.get(steps.size() - 1) instanceof Moment))) {
                throw new GoldenSyntaxException(line, "a line without a time must come after one with a time");
            }
            Moment before = goesOn
                    ? (Moment) steps.remove(steps.size() - 1)
                    : new Moment(line, time(cells.get(0), line), emptyInputs(columns - 2), List.of(), List.of());
            steps.add(extended(before, cells));
        }
        return new Timeline(header.subList(1, columns - 1), header.get(columns - 1), steps);
    }

    private static Instant time(String text, int line) {
        return CellTime.parse(text)
                .orElseThrow(() -> new GoldenSyntaxException(
                        line, "'" + text + "' is no time. Write 00:10, 00:10.500, 01:00:00 or 2024-01-31T10:00:00Z"));
    }

    private static List<List<String>> emptyInputs(int count) {
        return java.util.Collections.nCopies(count, List.of());
    }

    private static Moment extended(Moment moment, List<String> cells) {
        List<List<String>> inputs = new ArrayList<>();
        List<Integer> order = new ArrayList<>(moment.order());
        for (int i = 0; i < moment.inputs().size(); i++) {
            List<String> records = new ArrayList<>(moment.inputs().get(i));
            if (!cells.get(i + 1).isEmpty()) {
                records.add(cells.get(i + 1));
                order.add(i);
            }
            inputs.add(records);
        }
        List<String> outputs = new ArrayList<>(moment.outputs());
        String output = cells.get(cells.size() - 1);
        if (!output.isEmpty()) {
            outputs.add(output);
        }
        return new Moment(moment.line(), moment.time(), inputs, outputs, order);
    }

    private static Event event(String text, int line) {
        List<String> words = List.of(text.substring(1).strip().split("\\s+"));
        Optional<EventKind> kind = EventKind.of(words.get(0));
        if (kind.isEmpty()) {
            throw new GoldenSyntaxException(line, "there is no event '" + text + "'. Events are: " + EventKind.known());
        }
        return new Event(line, kind.get(), words.subList(1, words.size()));
    }

    /** Returns the table with its columns aligned. */
    public List<String> render() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("time"));
        header.addAll(inputs);
        header.add(output);
        rows.add(header);
        for (Step step : steps) {
            if (step instanceof Moment moment) {
                rows.addAll(lines(moment));
            } else {
                rows.add(List.of(step.toString()));
            }
        }
        return Grid.render(rows);
    }

    private List<List<String>> lines(Moment moment) {
        List<List<String>> lines = new ArrayList<>();
        int[] next = new int[inputs.size()];
        int last = -1;
        for (int input : moment.order()) {
            // records of later columns share a line, as the reader's eye moves from left to right
            if (lines.isEmpty() || input <= last) {
                lines.add(emptyLine());
            }
            lines.get(lines.size() - 1)
                    .set(input + 1, moment.inputs().get(input).get(next[input]++));
            last = input;
        }
        while (lines.size() < Math.max(1, moment.outputs().size())) {
            lines.add(emptyLine());
        }
        // rows come out when all records are in, so they go to the end of the lines
        int first = Math.max(0, Math.min(lines.size() - 1, moment.order().isEmpty() ? 0 : inputLines(moment) - 1));
        first = Math.min(first, lines.size() - Math.max(1, moment.outputs().size()));
        for (int i = 0; i < moment.outputs().size(); i++) {
            lines.get(first + i).set(inputs.size() + 1, moment.outputs().get(i));
        }
        lines.get(0).set(0, CellTime.format(moment.time()));
        return lines;
    }

    private static int inputLines(Moment moment) {
        int lines = 0;
        int last = Integer.MAX_VALUE;
        for (int input : moment.order()) {
            lines += input <= last ? 1 : 0;
            last = input;
        }
        return lines;
    }

    private List<String> emptyLine() {
        return new ArrayList<>(java.util.Collections.nCopies(inputs.size() + 2, ""));
    }
}
