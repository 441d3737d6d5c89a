package io.varuna.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars with their values, as SVG. Long and short ones are seen together, as the axis is logarithmic. */
final class BarChart {
    private static final int LABEL_WIDTH = 330;
    private static final int BARS_WIDTH = 380;
    private static final int VALUE_WIDTH = 110;
    private static final int ROW = 26;
    private static final int BAR = 16;
    private static final int TOP = 34;

    private final String title;
    private final String unit;
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String label, double value, boolean ours) {}

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Adds a bar; {@code ours} makes it stand out. */
    void add(String label, double value, boolean ours) {
        bars.add(new Bar(label, value, ours));
    }

    /** Returns the picture. The shortest bar has a tenth of the width, so that there is always something to see. */
    String svg() {
        double least = bars.stream().mapToDouble(Bar::value).min().orElse(1);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        int width = LABEL_WIDTH + BARS_WIDTH + VALUE_WIDTH;
        int height = TOP + bars.size() * ROW + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">\n",
                width,
                height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, 10, 20, "start", "#222222", title + " (" + unit + ", logarithmic)");
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = TOP + i * ROW;
            double share = most > least ? Math.log(bar.value / least) / Math.log(most / least) : 1;
            double length = BARS_WIDTH * (0.1 + 0.9 * share);
            text(svg, LABEL_WIDTH - 8, y + 13, "end", "#222222", bar.label);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                    LABEL_WIDTH,
                    y,
                    length,
                    BAR,
                    bar.ours ? "#2a6f97" : "#a9b4bd"));
            text(svg, (int) (LABEL_WIDTH + length) + 6, y + 13, "start", "#222222", Goal.number(bar.value));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String colour, String content) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                colour,
                content.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
