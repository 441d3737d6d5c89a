package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Paths of REST of which the server, plugins and the engine each have a part. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestPathsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private Container container;

    @BeforeAll
    void start() {
        container = Container.start("rest-paths");
        container
                .rest()
                .createStream("CREATE STREAM made () WITH (TYPE=\"simulator\", SHARED=\"true\","
                        + " EXTRA='{\"data\": [{\"n\": 1}], \"interval\": 20}')");
    }

    @AfterAll
    void stop() {
        container.close();
    }

    @Test
    void figuresOfRunningRulesAreScraped() {
        container
                .rest()
                .createRule("{\"id\": \"scraped\", \"sql\": \"SELECT * FROM made\", \"actions\": [{\"nop\": {}}]}");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        container.rest().get("/metrics").body())
                .containsPattern("kuiper_source_records_in_total\\{rule=\"scraped\",type=\"source\",op=\"made\","
                        + "op_instance=\"0\"} [1-9]")
                .contains("kuiper_rule_status{rule=\"scraped\"} 1\n")
                .contains("varuna_plugin_info{plugin=\"simulator\",")
                .contains("process_cpu_seconds_total "));
    }

    @Test
    void fileOfAFormLiesInTheStore() throws Exception {
        String form = "--x\r\nContent-Disposition: form-data; name=\"uploadFile\"; filename=\"ca.pem\"\r\n\r\n"
                + "certificate\r\n--x--\r\n";
        HttpRequest request = HttpRequest.newBuilder(uri("/config/uploads"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form))
                .build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(Path.of(answer.body())).hasFileName("ca.pem").hasContent("certificate");
        assertThat(container.rest().get("/config/uploads").body()).contains(answer.body());
        assertThat(container.rest().delete("/config/uploads/ca.pem").status()).isEqualTo(200);
        assertThat(Path.of(answer.body())).doesNotExist();
    }

    @Test
    void trialShowsWhatItsRecordsGive() throws Exception {
        Rest.Answer created = container
                .rest()
                .post(
                        "/ruletest",
                        Rest.json(Map.of(
                                "id",
                                "t1",
                                "sql",
                                "SELECT n * 2 AS twice FROM made",
                                "mockSource",
                                Map.of("made", Map.of("data", new Object[] {Map.of("n", 21)}, "interval", 20)))));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.json()).containsEntry("port", container.rest().port());
        HttpResponse<InputStream> events =
                client.send(HttpRequest.newBuilder(uri("/test/t1")).build(), BodyHandlers.ofInputStream());

        container.rest().post("/ruletest/t1/start", "");

        BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("data: [{\"twice\":42}]");
        assertThat(container.rest().delete("/ruletest/t1").status()).isEqualTo(200);
        // the answer ends with the trial
        assertThat(lines.lines()).allMatch(line -> line.isEmpty() || line.equals(":") || line.startsWith("data: "));
    }

    @Test
    void connectionsAreTriedAndUsed() {
        Rest rest = container.rest();
        assertThat(rest.post(
                                "/connections",
                                "{\"id\": \"away\", \"typ\": \"mqtt\", \"props\": {\"server\": \"tcp://127.0.0.1:9\"}}")
                        .status())
                .isEqualTo(201);

        assertThat(rest.get("/connections/away").json())
                .containsEntry("status", "disconnected")
                .containsEntry("refCount", 0);
        rest.createStream("CREATE STREAM far () WITH (TYPE=\"mqtt\", DATASOURCE=\"far\","
                + " EXTRA='{\"connectionSelector\": \"away\"}')");
        rest.createRule("{\"id\": \"far\", \"sql\": \"SELECT * FROM far\", \"actions\": [{\"nop\": {}}]}");
        assertThat(rest.get("/connections/away").json()).containsEntry("refCount", 1);
        assertThat(rest.delete("/connections/away").body()).contains("the rules far use it");
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + container.rest().port() + path);
    }
}
