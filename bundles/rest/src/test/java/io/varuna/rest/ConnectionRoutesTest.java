package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.Secrets;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionRoutesTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void connectionIsKeptTriedAndForgotten() throws Exception {
        HttpResponse<String> created = server.post(
                "/connections",
                "{\"id\":\"c1\",\"typ\":\"mqtt\",\"props\":{\"server\":\"tcp://nobody\",\"password\":\"p\"}}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(server.get("/connections/c1").body())
                .isEqualTo(
                        "{\"id\":\"c1\",\"typ\":\"mqtt\",\"props\":{\"server\":\"tcp://nobody\",\"password\":\"******\"},"
                                + "\"isNamed\":true,\"status\":\"disconnected\",\"err\":\"Nobody is there.\",\"refCount\":0}");

        assertThat(server.send("PUT", "/connections/c1", "{\"typ\":\"sql\",\"props\":{}}")
                        .body())
                .contains("'typ' of connection 'c1' stays 'mqtt'");
        assertThat(server.send("PUT", "/connections/c1", "{\"props\":{\"server\":\"tcp://b\"}}")
                        .body())
                .isEqualTo("success");
        assertThat(server.get("/connections").body()).contains("\"status\":\"connected\"");
        assertThat(server.post("/connections", "{\"id\":\"c1\",\"typ\":\"mqtt\"}")
                        .body())
                .contains("There is a connection 'c1' already");

        assertThat(server.send("DELETE", "/connections/c1", "").statusCode()).isEqualTo(200);
        assertThat(server.get("/connections/c1").statusCode()).isEqualTo(404);
        assertThat(server.get("/connections").body()).isEqualTo("[]");
    }

    @Test
    void propertiesAreTriedWithoutBeingKept() throws Exception {
        HttpResponse<String> answer = server.post("/metadata/sinks/connection/mqtt", "{\"server\":\"tcp://nobody\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":1003,\"message\":\"Nobody is there.\"}");
        assertThat(server.get("/connections").body()).isEqualTo("[]");
    }

    @Test
    void secretsThatComeBackHiddenStayAsTheyWere() throws Exception {
        String key = "/metadata/sinks/mqtt/confKeys/lab";
        server.send("PUT", key, "{\"password\":\"p\",\"server\":\"tcp://u:q@host\",\"qos\":1}");

        server.send("PUT", key, server.get(key).body().replace("\"qos\":1", "\"qos\":2"));

        assertThat(server.get(key).body())
                .isEqualTo("{\"password\":\"******\",\"server\":\"tcp://u:******@host\",\"qos\":2}");
        assertThat(Secrets.kept(Map.of("password", "******", "token", "new"), Map.of("password", "p", "token", "t")))
                .isEqualTo(Map.of("password", "p", "token", "new"));
        assertThat(server.send("DELETE", key, "").statusCode()).isEqualTo(200);
        assertThat(server.get(key).statusCode()).isEqualTo(404);
    }
}
