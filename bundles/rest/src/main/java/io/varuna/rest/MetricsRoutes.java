package io.varuna.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The figures of rules and of the process, for Prometheus and all that read its format. */
final class MetricsRoutes {
    private final RuleMetrics rules;
    private final ProcessMetrics process;

    MetricsRoutes(RuleMetrics rules, ProcessMetrics process) {
        this.rules = rules;
        this.process = process;
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", this::metrics));
    }

    /** Writes as it goes: with a thousand rules the text has some megabytes. */
    private void metrics(Exchange exchange) throws IOException {
        HttpServletResponse response = exchange.response();
        response.setStatus(200);
        response.setContentType(PrometheusText.CONTENT_TYPE);
        Writer writer = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        PrometheusText text = new PrometheusText(writer);
        rules.write(text);
        process.write(text);
        writer.flush();
    }
}
