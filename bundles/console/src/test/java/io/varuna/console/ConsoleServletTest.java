package io.varuna.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleServletTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([a-z-]+\\.[a-z]+)\"");

    private static final Server SERVER = new Server();
    private static final ServerConnector CONNECTOR = new ServerConnector(SERVER, 1, 1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        CONNECTOR.setHost("127.0.0.1");
        SERVER.addConnector(CONNECTOR);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new ConsoleServlet()), "/console/*");
        SERVER.setHandler(context);
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "/console/, text/html;charset=utf-8",
        "/console/console.css, text/css;charset=utf-8",
        "/console/console.js, text/javascript;charset=utf-8",
        "/console/icon.svg, image/svg+xml"
    })
    void filesHaveTheirTypes(String path, String type) throws Exception {
        HttpResponse<String> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type").replace(" ", "")).isEqualToIgnoringCase(type);
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    void whatThePageNamesIsThere() throws Exception {
        assertThat(names()).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(
                        send("GET", "/console/" + name).statusCode())
                .as(name)
                .isEqualTo(200));
    }

    @Test
    void onlyWhatComesFromHereRuns() throws Exception {
        HttpResponse<String> answer = send("GET", "/console/");

        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.body()).doesNotContainPattern("<script>|\\son[a-z]+=|\\sstyle=|https?://");
    }

    @Test
    void scriptsTakeNoTextForHtmlOrForScript() throws Exception {
        List<String> scripts =
                names().stream().filter(name -> name.endsWith(".js")).toList();

        assertThat(scripts).hasSizeGreaterThan(5);
        for (String script : scripts) {
            assertThat(send("GET", "/console/" + script).body())
                    .as(script)
                    .startsWith("'use strict';")
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function");
        }
    }

    private static List<String> names() throws Exception {
        return REFERENCE
                .matcher(send("GET", "/console/").body())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void browsersAskEachTimeAndGetWhatIsNewOnly() throws Exception {
        HttpResponse<String> first = send("GET", "/console/console.js");
        String tag = header(first, "ETag");

        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        HttpResponse<String> again = send("GET", "/console/console.js", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "/console/console.css", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/console",
                "/console/sub/console.js",
                "/console/../console/console.txt",
                "/console/..%2fConsoleServlet.class",
                "/console/ConsoleFile.class",
                "/console/.js"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isIn(400, 404);
    }

    @Test
    void headIsAnsweredWithoutContent() throws Exception {
        HttpResponse<String> answer = send("HEAD", "/console/console.js");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(Integer.parseInt(header(answer, "Content-Length"))).isPositive();
    }

    @Test
    void filesAreReadOnly() throws Exception {
        assertThat(send("POST", "/console/").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/console/console.js").statusCode()).isEqualTo(405);
    }

    @Test
    void theAddressWithoutASlashLeadsToThePage() throws Exception {
        HttpResponse<String> answer = send("GET", "/console");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(URI.create("http://localhost:1/console").resolve(header(answer, "Location")))
                .hasPath("/console/");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + CONNECTOR.getLocalPort() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
