package io.varuna.benchmarks.report;

import java.util.List;

/**
 * What is compared with each other, as a table and a plot.
 *
 * @param id name of the plot's file
 * @param text what is measured, in Markdown
 * @param ofMessages whether it is about what a message costs; otherwise there is no plot, and the table has other figures only
 */
public record Chapter(String id, String title, String text, List<Entry> entries, boolean ofMessages) {
    public Chapter {
        entries = List.copyOf(entries);
    }

    /** Creates a chapter about what messages cost. */
    public Chapter(String id, String title, String text, List<Entry> entries) {
        this(id, title, text, entries, true);
    }

    /**
     * A row of the table.
     *
     * @param id of the measurement
     */
    public record Entry(String id, String label) {}
}
