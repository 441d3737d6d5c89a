package io.varuna.rest;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes Prometheus' text format, version 0.0.4: families of samples one after the other, straight to where they go. For one
 * thread.
 */
final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain;version=0.0.4;charset=utf-8";

    private final Writer out;
    private String name = "";

    PrometheusText(Writer out) {
        this.out = out;
    }

    /** Begins a family; the samples that follow are its own. */
    PrometheusText family(String family, String type, String help) throws IOException {
        name = family;
        out.append("# HELP ").append(family).append(' ');
        escape(help, false);
        out.append("\n# TYPE ").append(family).append(' ').append(type).append('\n');
        return this;
    }

    /** Writes a sample of the family; labels are names and values in turn. */
    PrometheusText sample(double value, String... labels) throws IOException {
        return sample("", Double.toString(value), List.of(labels));
    }

    /** Writes a sample of the family; labels are names and values in turn. */
    PrometheusText sample(long value, String... labels) throws IOException {
        return sample(value, List.of(labels));
    }

    /** Writes a sample of the family; labels are names and values in turn. */
    PrometheusText sample(long value, List<String> labels) throws IOException {
        return sample("", Long.toString(value), labels);
    }

    /** Writes a sample of the family with something behind its name, such as the {@code _sum} of a summary. */
    PrometheusText sample(String suffix, String value, List<String> labels) throws IOException {
        out.append(name).append(suffix);
        for (int i = 0; i < labels.size(); i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"");
            escape(labels.get(i + 1), true);
            out.append('"');
        }
        out.append(labels.isEmpty() ? " " : "} ").append(value).append('\n');
        return this;
    }

    private void escape(String text, boolean quoted) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') {
                out.append("\\n");
                continue;
            }
            if (character == '\\' || (quoted && character == '"')) {
                out.append('\\');
            }
            out.append(character);
        }
    }
}
