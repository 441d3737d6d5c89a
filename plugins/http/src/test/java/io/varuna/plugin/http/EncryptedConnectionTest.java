package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.varuna.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers are believed only when their certificate says so, whenever the context is made. */
class EncryptedConnectionTest {
    private final Path directory;
    private final HttpsServer server;

    EncryptedConnectionTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private TestCertificates start(String host) throws Exception {
        TestCertificates certificates = TestCertificates.create(directory, host);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
        server.createContext("/", exchange -> TestServer.answer(exchange, 200, "here"));
        server.start();
        return certificates;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static HttpClient client(String rootCaPath, boolean insecureSkipVerify) {
        return new Connecting(Duration.ofSeconds(10), rootCaPath, "", "", insecureSkipVerify).client();
    }

    private String get(HttpClient client) throws IOException, InterruptedException {
        URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void certificateIsTrustedByPath() throws Exception {
        String path = start("localhost").certificate().toString();
        assertThat(get(client(path, false))).isEqualTo("here");
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTrusted() throws Exception {
        start("localhost");
        HttpClient client = client("", false);
        assertThatThrownBy(() -> get(client)).isInstanceOf(SSLHandshakeException.class);
        assertThat(get(client("", true))).isEqualTo("here");
    }

    @Test
    void certificateOfAnotherHostIsNotTrusted() throws Exception {
        String path = start("server.example").certificate().toString();
        HttpClient client = client(path, false);
        assertThatThrownBy(() -> get(client)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void contextIsMadeWithTheFirstEncryptedConnection() throws Exception {
        TestCertificates certificates = start("localhost");
        AtomicInteger made = new AtomicInteger();
        SSLContext deferred = DeferredTls.context(() -> {
            made.incrementAndGet();
            return TlsContext.of(certificates.certificate().toString(), "", "", false);
        });
        HttpClient client = HttpClient.newBuilder().sslContext(deferred).build();
        assertThat(made).hasValue(0);
        assertThat(get(client)).isEqualTo("here");
        assertThat(get(client)).isEqualTo("here");
        assertThat(made).hasValue(1);
    }
}
