package io.varuna.benchmarks;

import io.varuna.benchmarks.report.Chapter;
import java.util.List;

/**
 * Subjects that are compared with each other: a table and a plot.
 *
 * @param id name of the plot's file
 * @param text what is measured, in Markdown
 * @param ofMessages whether it is about what a message costs
 */
record Section(String id, String title, String text, List<Subject> subjects, boolean ofMessages) {
    Section {
        subjects = List.copyOf(subjects);
    }

    Section(String id, String title, String text, List<Subject> subjects) {
        this(id, title, text, subjects, true);
    }

    Chapter chapter() {
        return new Chapter(
                id,
                title,
                text,
                subjects.stream()
                        .map(subject -> new Chapter.Entry(subject.id(), subject.label()))
                        .toList(),
                ofMessages);
    }
}
