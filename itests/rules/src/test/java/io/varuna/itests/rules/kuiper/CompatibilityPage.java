package io.varuna.itests.rules.kuiper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of the manual about eKuiper: figures, and a table of what is different. */
final class CompatibilityPage {
    private static final Path PAGE = Path.of("../../docs/compatibility.md");
    private static final String DIFFERENCES = "## Differences from eKuiper";

    private final List<String> lines;

    private CompatibilityPage(List<String> lines) {
        this.lines = lines;
    }

    /**
     * The figures of one file.
     *
     * @param cases how many cases there are in the file
     * @param row the row of the table
     */
    record Figures(int cases, String row) {}

    static CompatibilityPage read() throws IOException {
        return new CompatibilityPage(Files.readAllLines(PAGE));
    }

    Optional<Figures> figures(String name) {
        return lines.stream()
                .filter(line -> line.startsWith("| " + name + " |"))
                .findFirst()
                .map(line -> new Figures(Integer.parseInt(cells(line).get(1)), line));
    }

    static String row(String name, Tally tally) {
        List<String> cells = new ArrayList<>(List.of(name, String.valueOf(tally.cases())));
        for (Verdict verdict : Verdict.values()) {
            cells.add(String.valueOf(tally.count(verdict)));
        }
        cells.add(String.format(Locale.ROOT, "%.1f %%", tally.percent()));
        return "| " + String.join(" | ", cells) + " |";
    }

    void write(String name, Tally tally) throws IOException {
        List<String> written = new ArrayList<>(lines);
        written.replaceAll(line -> line.startsWith("| " + name + " |") ? row(name, tally) : line);
        Files.write(PAGE, written);
    }

    /** Returns what eKuiper does, of each row of the table of differences. */
    List<String> differences() {
        return lines.stream()
                .skip(lines.indexOf(DIFFERENCES))
                .filter(line -> line.startsWith("| "))
                .map(line -> cells(line).get(0))
                .toList();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
