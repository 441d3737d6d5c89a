package io.varuna.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of cells that are separated by bars, kept aligned so that a diff shows only what changed. */
final class Grid {
    private Grid() {}

    /** Returns the cells of a line; bars within quotes or brackets separate nothing. */
    static List<String> cells(String line) {
        return TextSplitter.split(line, '|');
    }

    /** Returns the lines of a table. A line of one cell, where the table has more columns, is left as it is. */
    static List<String> render(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> row.size() == columns)
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(row.size() == columns ? line(row, widths) : row.get(0));
        }
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))))
                .collect(Collectors.joining(" | "))
                .stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
