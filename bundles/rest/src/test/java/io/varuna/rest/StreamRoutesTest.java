package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamRoutesTest {
    private static final String CREATE =
            "{\"sql\":\"CREATE STREAM demo (temperature FLOAT, humidity BIGINT) WITH (DATASOURCE=\\\"demo\\\")\"}";

    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void createdStreamIsListed() throws Exception {
        HttpResponse<String> created = server.post("/streams", CREATE);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("Stream demo is created.");
        assertThat(created.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(server.get("/streams").body()).isEqualTo("[\"demo\"]");
        assertThat(server.get("/streamdetails").body())
                .isEqualTo("[{\"name\":\"demo\",\"type\":\"mqtt\",\"format\":\"json\"}]");
        assertThat(server.get("/tables").body()).isEqualTo("[]");
    }

    @Test
    void declarationIsShownAsEKuiperDoes() throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("DATASOURCE", "demo");
        options.put("CONF_KEY", "site1");
        options.put("SHARED", "TRUE");
        server.streams.add(new StreamDescription(
                "demo",
                StreamKind.STREAM,
                Schema.of(
                        new Column("a", DataType.BIGINT),
                        new Column("b", DataType.array(DataType.struct(Schema.of(new Column("c", DataType.VARCHAR)))))),
                options,
                "CREATE STREAM ..."));

        HttpResponse<String> answer = server.get("/streams/demo");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"Name\":\"demo\",\"StreamFields\":[{\"Name\":\"a\",\"FieldType\":\"bigint\"},"
                        + "{\"Name\":\"b\",\"FieldType\":{\"Type\":\"array\",\"ElementType\":"
                        + "{\"Type\":\"struct\",\"Fields\":[{\"Name\":\"c\",\"FieldType\":\"string\"}]}}}],"
                        + "\"Options\":{\"datasource\":\"demo\",\"confKey\":\"site1\",\"shared\":true},"
                        + "\"StreamType\":0,\"Statement\":\"CREATE STREAM ...\"}");
        assertThat(server.get("/streams/demo/schema").body())
                .isEqualTo("{\"a\":{\"type\":\"bigint\"},\"b\":{\"type\":\"array\",\"items\":"
                        + "{\"type\":\"struct\",\"properties\":{\"c\":{\"type\":\"string\"}}}}}");
    }

    @Test
    void unknownStreamIsNotFound() throws Exception {
        HttpResponse<String> answer = server.get("/streams/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"error\":1002,\"message\":\"There is no stream 'nothing'.\"}");
    }

    @Test
    void replacementIsAnswered() throws Exception {
        server.post("/streams", CREATE);

        HttpResponse<String> answer = server.send("PUT", "/streams/demo", CREATE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Stream demo is replaced.");
        assertThat(server.send("PUT", "/streams/other", CREATE).statusCode()).isEqualTo(404);
    }

    @Test
    void streamInUseIsDroppedByForceOnly() throws Exception {
        server.post("/streams", CREATE);
        server.streams.use("demo");

        HttpResponse<String> refused = server.send("DELETE", "/streams/demo", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"error\":3000,\"message\":\"The stream 'demo' is in use by the rule 'ruleTest'.\"}");
        assertThat(server.send("DELETE", "/streams/demo?force=maybe", "").statusCode())
                .isEqualTo(400);
        assertThat(server.send("DELETE", "/streams/demo?force=true", "").body()).isEqualTo("Stream demo is dropped.");
        assertThat(server.get("/streams").body()).isEqualTo("[]");
    }

    @Test
    void tablesAreListedByKind() throws Exception {
        server.post("/tables", "{\"sql\":\"CREATE TABLE a () WITH (DATASOURCE=\\\"a\\\")\"}");
        server.post("/tables", "{\"sql\":\"CREATE TABLE b () WITH (DATASOURCE=\\\"b\\\",KIND=\\\"lookup\\\")\"}");

        assertThat(server.get("/tables").body()).isEqualTo("[\"a\",\"b\"]");
        assertThat(server.get("/tables?kind=scan").body()).isEqualTo("[\"a\"]");
        assertThat(server.get("/tabledetails?kind=lookup").body())
                .isEqualTo("[{\"name\":\"b\",\"type\":\"file\",\"format\":\"json\"}]");
        assertThat(server.get("/tables?kind=x").body())
                .isEqualTo(
                        "{\"error\":5000,\"message\":\"The parameter 'kind' must be 'scan' or 'lookup', but is 'x'.\"}");
    }

    @Test
    void anyStatementIsCarriedOut() throws Exception {
        server.post("/streams", CREATE);

        assertThat(server.post("/streams", "{\"sql\":\"SHOW STREAMS\"}").body()).isEqualTo("demo");
    }

    @Test
    void brokenStatementIsAnsweredWithItsPlace() throws Exception {
        HttpResponse<String> answer = server.post("/streams", "{\"sql\":\"CRATE STREAM demo\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":2001,\"message\":\"'CRATE' begins no statement. Did you mean 'CREATE'?"
                        + " (line 1, column 1)\\nCRATE STREAM demo\\n^^^^^\"}");
    }
}
