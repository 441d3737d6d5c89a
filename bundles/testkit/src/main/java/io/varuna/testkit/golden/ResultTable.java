package io.varuna.testkit.golden;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code rows} block: a header and rows of cells. Where the header is {@code expression | result}, each row is a test of
 * one expression.
 */
public record ResultTable(List<String> header, List<ResultRow> rows) {
    /** A row with the line of the page it is on. */
    public record ResultRow(int line, List<String> cells) {
        public ResultRow {
            cells = List.copyOf(cells);
        }
    }

    public ResultTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * Parses a {@code rows} block.
     *
     * @throws GoldenSyntaxException naming the line of the page
     */
    public static ResultTable parse(GoldenPage.Block block) {
        if (block.text().isEmpty()) {
            throw new GoldenSyntaxException(block.line(), "the block has no header with the names of the columns");
        }
        List<String> header = Grid.cells(block.text().get(0));
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 1; i < block.text().size(); i++) {
            int line = block.line() + i;
            List<String> cells = Grid.cells(block.text().get(i));
            if (cells.size() != header.size()) {
                throw new GoldenSyntaxException(
                        line,
                        "expected " + header.size() + " columns, found " + cells.size() + ". Quote values with a bar");
            }
            rows.add(new ResultRow(line, cells));
        }
        return new ResultTable(header, rows);
    }

    /** Tells whether the rows are expressions with their results. */
    public boolean isExpressions() {
        return header.equals(List.of("expression", "result"));
    }

    /** Returns the table with its columns aligned. */
    public List<String> render() {
        List<List<String>> lines = new ArrayList<>(List.of(header));
        rows.forEach(row -> lines.add(row.cells()));
        return Grid.render(lines);
    }
}
