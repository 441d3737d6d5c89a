package io.varuna.benchmarks.report;

import java.util.List;

/**
 * What is compared with each other, as a table and a plot.
 *
 * @param id name of the plot's file
 * @param text what is measured, in Markdown
 */
public record Chapter(String id, String title, String text, List<Entry> entries) {
    public Chapter {
        entries = List.copyOf(entries);
    }

    /**
     * A row of the table.
     *
     * @param id of the measurement
     */
    public record Entry(String id, String label) {}
}
