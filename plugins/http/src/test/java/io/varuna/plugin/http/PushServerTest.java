package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.testkit.ConnectionContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

class PushServerTest extends ConnectionContract<PushServer> {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    protected ConnectionFactory<?, PushServer> factory() {
        return new PushServerFactory();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("port", 0);
    }

    @Override
    protected void use(PushServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/nobody"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("No stream reads '/nobody'");
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return thread.getName().startsWith("HttpClient-");
    }
}
