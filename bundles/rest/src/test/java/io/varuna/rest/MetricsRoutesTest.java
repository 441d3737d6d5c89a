package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsRoutesTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void stepsHaveTheNamesAndLabelsOfEKuiper() throws Exception {
        server.rules.create("{\"id\":\"r1\",\"sql\":\"SELECT * FROM demo\"}");
        server.rules.create("{\"id\":\"r2\",\"sql\":\"SELECT * FROM demo\"}");
        server.rules.stop("r2");

        Map<String, Double> samples = samples();

        assertThat(samples)
                .containsEntry(
                        "kuiper_source_records_in_total{rule=\"r1\",type=\"source\",op=\"demo\",op_instance=\"0\"}",
                        3.0)
                .containsEntry(
                        "kuiper_op_records_out_total{rule=\"r2\",type=\"op\",op=\"2_filter\",op_instance=\"0\"}", 2.0)
                .containsEntry(
                        "kuiper_sink_buffer_length{rule=\"r1\",type=\"sink\",op=\"log_0\",op_instance=\"0\"}", 4.0)
                .containsEntry(
                        "kuiper_source_connection_status{rule=\"r1\",type=\"source\",op=\"demo\",op_instance=\"0\"}",
                        1.0)
                .containsEntry("kuiper_rule_status{rule=\"r1\"}", 1.0)
                .containsEntry("kuiper_rule_status{rule=\"r2\"}", 0.0)
                .containsEntry("kuiper_rule_count{status=\"running\"}", 1.0)
                .containsEntry("kuiper_rule_count{status=\"stop\"}", 1.0)
                .containsEntry("varuna_rules{state=\"stopped\"}", 1.0)
                .containsEntry("varuna_rules{state=\"waiting\"}", 0.0)
                .containsEntry("varuna_rule_late_records_total{rule=\"r1\"}", 5.0)
                .containsEntry("varuna_rule_lost_records_total{rule=\"r2\"}", 8.0);
    }

    @Test
    void labelsAreEscaped() throws Exception {
        server.rules.create("{\"id\":\"r1\",\"sql\":\"SELECT * FROM demo\"}");

        assertThat(samples())
                .containsEntry(
                        "kuiper_sink_connection_status{rule=\"r1\",type=\"error_sink\",op=\"\\\"a\\\\b\\n\\\"_0\","
                                + "op_instance=\"0\"}",
                        -1.0);
    }

    @Test
    void processAndPluginsAreShown() throws Exception {
        Map<String, Double> samples = samples();

        assertThat(samples)
                .containsEntry("varuna_info{version=\"1.0.0\"}", 1.0)
                .containsEntry("varuna_plugin_info{plugin=\"com.acme.lcd\",version=\"1.0.0\",refused=\"false\"}", 1.0)
                .containsKeys("process_uptime_seconds", "process_start_time_seconds");
        assertThat(samples.get("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
        assertThat(samples.get("jvm_threads_current")).isPositive();
    }

    private Map<String, Double> samples() throws Exception {
        HttpResponse<String> answer = server.get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;version=0.0.4;charset=utf-8");
        return PrometheusReader.read(answer.body());
    }
}
