package io.varuna.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes a run down: a page with tables, plots beside it, and all figures for machines. */
public final class Report {
    private static final String PLOTS = "performance";
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final List<String> OF_MESSAGES = List.of(
            "ns of processor time per message",
            "best round",
            "messages per second and core",
            "bytes allocated per message",
            "MB resident");

    private final Machine machine;
    private final String effort;
    private final List<Chapter> chapters;
    private final Results results;

    /** Creates a report; {@code effort} says how long was measured. */
    public Report(Machine machine, String effort, List<Chapter> chapters, Results results) {
        this.machine = machine;
        this.effort = effort;
        this.chapters = List.copyOf(chapters);
        this.results = results;
    }

    /** Writes {@code performance.md} and the directory {@code performance}. */
    public void write(Path directory) throws IOException {
        Path plots = Files.createDirectories(directory.resolve(PLOTS));
        Files.writeString(directory.resolve("performance.md"), page());
        for (Chapter chapter : chapters) {
            if (isMeasured(chapter) && chapter.ofMessages()) {
                Files.writeString(plots.resolve(chapter.id() + ".svg"), plot(chapter));
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("effort", effort);
        json.put("measurements", results.all());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(plots.resolve("results.json").toFile(), json);
    }

    /** Returns the page in Markdown. */
    String page() throws IOException {
        StringBuilder goals = new StringBuilder("| goal | wanted | measured | reached |\n|---|---|---|---|\n");
        Goals.all().forEach(goal -> goals.append(goal.row(results)).append('\n'));
        StringBuilder tables = new StringBuilder();
        chapters.stream().filter(this::isMeasured).forEach(chapter -> write(chapter, tables));
        return template()
                .replace("{{machine}}", machine.sentence())
                .replace("{{effort}}", effort)
                .replace("{{goals}}\n", goals)
                .replace("{{tables}}\n", tables);
    }

    private static String template() throws IOException {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("performance.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean isMeasured(Chapter chapter) {
        return chapter.entries().stream()
                .anyMatch(entry -> results.find(entry.id()).isPresent());
    }

    private void write(Chapter chapter, StringBuilder page) {
        page.append("### ").append(chapter.title()).append("\n\n");
        page.append(chapter.text()).append("\n\n");
        List<String> figures = figures(chapter);
        List<String> heads = new ArrayList<>();
        if (chapter.ofMessages()) {
            page.append("![").append(chapter.title()).append("](").append(PLOTS).append('/');
            page.append(chapter.id()).append(".svg)\n\n");
            heads.addAll(OF_MESSAGES);
        }
        figures.forEach(name -> heads.add(words(name)));
        page.append("| | ").append(String.join(" | ", heads)).append(" |\n|---|");
        page.append("---|".repeat(heads.size())).append('\n');
        for (Chapter.Entry entry : chapter.entries()) {
            results.find(entry.id())
                    .ifPresent(measured -> page.append(row(entry.label(), measured, chapter.ofMessages(), figures)));
        }
        page.append('\n');
    }

    private List<String> figures(Chapter chapter) {
        List<String> names = new ArrayList<>();
        for (Chapter.Entry entry : chapter.entries()) {
            results.find(entry.id()).ifPresent(measured -> measured.figures().keySet().stream()
                    .sorted()
                    .filter(name -> !names.contains(name))
                    .forEach(names::add));
        }
        return names;
    }

    /** Makes {@code bytes per rule} of {@code bytesPerRule}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String row(String label, Measurement measured, boolean ofMessages, List<String> figures) {
        StringBuilder row = new StringBuilder("| ").append(label);
        if (ofMessages) {
            cell(row, measured.median());
            cell(row, measured.best());
            cell(row, Math.rint(NANOS_PER_SECOND / measured.median()));
            cell(row, Math.rint(measured.bytes()));
            cell(row, Math.rint(measured.residentMegabytes()));
        }
        figures.forEach(name -> cell(row, measured.figures().getOrDefault(name, Double.NaN)));
        return row.append(" |\n").toString();
    }

    private static void cell(StringBuilder row, double value) {
        row.append(" | ").append(Double.isNaN(value) ? "" : Goal.number(value));
    }

    private String plot(Chapter chapter) {
        BarChart chart = new BarChart(chapter.title(), "ns of processor time per message");
        for (Chapter.Entry entry : chapter.entries()) {
            results.find(entry.id())
                    .ifPresent(measured -> chart.add(
                            entry.label(), measured.median(), entry.label().startsWith("Varuna")));
        }
        return chart.svg();
    }
}
