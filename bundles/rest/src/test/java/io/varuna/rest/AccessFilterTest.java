package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFilterTest {
    /** The password is "varuna"; few iterations, so that the tests are quick. */
    private static final String ANN =
            "ann:$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$aZgHjYNHD5blrLlLAZqSlykjkfzFqAl9oHlwk7CNXCs";

    private static final String[] NONE = {};

    private final MovableClock clock = new MovableClock();

    @Test
    void withoutUsersThisMachineIsServed() throws Exception {
        try (RestServer server = new RestServer()) {
            assertThat(server.get("/rules").statusCode()).isEqualTo(200);
            assertThat(server.get("/rules").headers().firstValue("X-Content-Type-Options"))
                    .hasValue("nosniff");
            assertThat(server.get("/rules").headers().firstValue("Cache-Control"))
                    .hasValue("no-store");
        }
    }

    @Test
    void withoutUsersOtherMachinesAreRefused() throws Exception {
        try (RestServer server = new RestServer()) {
            HttpResponse<String> answer = server.send("GET", "/rules", "", "X-Forwarded-For", "192.168.1.7");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":1001,\"message\":\"Only this machine is served until 'users' are set in the"
                            + " configuration 'io.varuna.rest'.\"}");
            assertThat(server.send("GET", "/rules", "", "X-Forwarded-For", "::1")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X-Forwarded-For | 127.0.0.1, 192.168.1.7 | 403",
                "X-Forwarded-For | 127.0.0.1, 192.168.1.7:5000 | 403",
                "X-Forwarded-For | 127.0.0.1, unknown | 403",
                "X-Forwarded-For | 127.0.0.1, 127.0.0.1:5000, [::1]:5000 | 200",
                "Forwarded | for=127.0.0.1, for=192.168.1.7;proto=https | 403",
                "Forwarded | for=127.0.0.1, For=\"[2001:db8::7]:4711\" | 403",
                "Forwarded | for=127.0.0.1, for=_hidden | 403",
                "Forwarded | for=127.0.0.1, for=\"[::1]:4711\";proto=http | 200"
            })
    void withoutUsersOtherMachinesAreRefusedBehindAProxyToo(String header, String value, int status) throws Exception {
        try (RestServer server = new RestServer()) {
            // the test's server takes the first for the address of the client
            assertThat(server.send("GET", "/rules", "", header, value).statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void withoutUsersNamesOfOthersAreRefused() throws Exception {
        try (RestServer server = new RestServer()) {
            assertThat(get(server, "rebound.example.org"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("not called");
            assertThat(get(server, "127.example.org")).startsWith("HTTP/1.1 403 ");
            assertThat(get(server, "localhost:9081")).startsWith("HTTP/1.1 200 ");
            assertThat(get(server, "[::1]:9081")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void configuredNamesAreServed() throws Exception {
        try (RestServer server = new RestServer(NONE, new String[] {"Edge7.example.org, edge6"}, NONE, clock)) {
            assertThat(get(server, "edge7.example.org")).startsWith("HTTP/1.1 200 ");
            assertThat(get(server, "edge6")).startsWith("HTTP/1.1 200 ");
            assertThat(get(server, "edge8.example.org")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws Exception {
        try (RestServer server = new RestServer()) {
            assertThat(server.send("POST", "/rules/a/stop", "", "Origin", "https://evil.example.org")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.send("POST", "/rules/a/stop", "", "Origin", "null")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.send("GET", "/rules", "", "Origin", "http://127.0.0.1:" + server.port())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void pagesOfAllowedOriginsAreServed() throws Exception {
        String panel = "https://panel.example.org";
        try (RestServer server = new RestServer(NONE, NONE, new String[] {"https://a.example.org, " + panel}, clock)) {
            HttpResponse<String> answer = server.send("GET", "/rules", "", "Origin", panel);
            HttpResponse<String> preflight = server.send(
                    "OPTIONS", "/rules/a/tags", "", "Origin", panel, "Access-Control-Request-Method", "PATCH");

            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(panel);
            assertThat(answer.headers().firstValue("Vary")).hasValue("Origin");
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValue("GET, POST, PUT, PATCH, DELETE");
        }
    }

    @Test
    void crossOriginAnswersAreOffByDefault() throws Exception {
        try (RestServer server = new RestServer()) {
            HttpResponse<String> preflight = server.send(
                    "OPTIONS",
                    "/rules",
                    "",
                    "Origin",
                    "https://panel.example.org",
                    "Access-Control-Request-Method",
                    "POST");

            assertThat(preflight.statusCode()).isEqualTo(403);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void usersNeedTheirPasswordWhereverTheyAre() throws Exception {
        try (RestServer server = new RestServer(new String[] {ANN}, NONE, NONE, clock)) {
            HttpResponse<String> without = server.get("/rules");

            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"varuna\", charset=\"UTF-8\"");
            assertThat(get(server, "ann", "varuna").statusCode()).isEqualTo(200);
            assertThat(get(server, "ann", "varuna").statusCode()).isEqualTo(200);
            assertThat(get(server, "ann", "wrong").statusCode()).isEqualTo(401);
            assertThat(get(server, "bob", "varuna").statusCode()).isEqualTo(401);
            assertThat(server.send("GET", "/rules", "", "Authorization", "Bearer x")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.send("GET", "/rules", "", "Authorization", "Basic ???")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.get("/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void usersAreServedOnOtherMachinesUnderAnyName() throws Exception {
        try (RestServer server = new RestServer(new String[] {ANN}, NONE, NONE, clock)) {
            HttpResponse<String> answer = server.send(
                    "GET",
                    "/rules",
                    "",
                    "X-Forwarded-For",
                    "192.168.1.7",
                    "X-Forwarded-Host",
                    "edge7",
                    "Authorization",
                    basic("ann", "varuna"));

            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void manyWrongPasswordsMakeAnAddressWait() throws Exception {
        try (RestServer server = new RestServer(new String[] {ANN}, NONE, NONE, clock)) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(server, "ann", "wrong" + i).statusCode()).isEqualTo(401);
            }

            assertThat(get(server, "ann", "varuna").statusCode()).isEqualTo(429);
            assertThat(server.send(
                                    "GET",
                                    "/rules",
                                    "",
                                    "X-Forwarded-For",
                                    "192.168.1.7",
                                    "Authorization",
                                    basic("ann", "varuna"))
                            .statusCode())
                    .isEqualTo(200);
            clock.now = clock.now.plus(Duration.ofSeconds(61));
            assertThat(get(server, "ann", "varuna").statusCode()).isEqualTo(200);
        }
    }

    /** The test's server takes the first of those who passed a request on for the one who is connected. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1, 192.168.1.7 | 10.0.0.1, 192.168.1.8 | 401",
                "10.0.0.1, 192.168.1.7 | 10.0.0.1, 192.168.1.7 | 429",
                "10.0.0.1, 192.168.1.7:4711 | 10.0.0.1, 192.168.1.7:4712 | 429",
                "10.0.0.1, 192.168.1.7, 10.0.0.2 | 10.0.0.1, 192.168.1.8, 10.0.0.2 | 401",
                "10.0.0.1, 192.168.1.8, 192.168.1.7 | 10.0.0.1, 192.168.1.9, 192.168.1.7 | 429",
                "10.0.0.3, 192.168.1.7 | 10.0.0.3, 192.168.1.8 | 429"
            })
    void wrongPasswordsAreCountedForWhomAProxyAsks(String attacker, String other, int status) throws Exception {
        String[] proxies = {"10.0.0.1, 10.0.0.2"};
        try (RestServer server = new RestServer(new String[] {ANN}, NONE, NONE, proxies, clock)) {
            for (int i = 0; i < 10; i++) {
                assertThat(getFor(server, attacker, "wrong" + i)).isEqualTo(401);
            }

            assertThat(getFor(server, other, "wrong")).isEqualTo(status);
        }
    }

    @Test
    void brokenConfigurationOpensNoDoor() throws Exception {
        try (RestServer server = new RestServer(new String[] {"ann:secret"}, NONE, NONE, clock)) {
            HttpResponse<String> answer = server.get("/rules");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The configuration 'io.varuna.rest' has a mistake.");
        }
        try (RestServer server = new RestServer(NONE, NONE, NONE, new String[] {"proxy.example.org"}, clock)) {
            assertThat(server.get("/rules").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void brokenConfigurationIsRefused() {
        assertThatThrownBy(() -> Users.of("ann"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("'name:hash'");
        assertThatThrownBy(() -> Users.of("ann:secret"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("varuna:hash-password")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Users.of(ANN, ANN))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("'ann' is there twice");
        assertThat(Users.of("", " , ").isEmpty()).isTrue();
    }

    private static HttpResponse<String> get(RestServer server, String name, String password) throws Exception {
        return server.send("GET", "/rules", "", "Authorization", basic(name, password));
    }

    private static int getFor(RestServer server, String passedOn, String password) throws Exception {
        return server.send("GET", "/rules", "", "X-Forwarded-For", passedOn, "Authorization", basic("ann", password))
                .statusCode();
    }

    private static String get(RestServer server, String host) throws Exception {
        return server.raw("GET /rules HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
