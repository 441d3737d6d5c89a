package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.Sink;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestCertificates;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSecurityTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void wrongPasswordIsSaidInTheStatus(String version) throws Exception {
        try (TestBroker broker = TestBroker.startSecured(directory)) {
            Map<String, Object> properties = broker.properties(
                    Map.of("username", TestBroker.USER, "password", "wrong", "protocolVersion", version, "topic", "t"));
            try (TestContext context = TestClient.context(properties, "t");
                    SourceRun run = TestClient.subscribe(context);
                    Sink sink = TestClient.sink(context)) {
                String words = "broker '" + broker.url() + "': connection refused: ";
                assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED))
                        .startsWith(words)
                        .contains("check properties 'username'");
                assertThatThrownBy(() -> TestClient.write(sink, 0, 1))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(words);
                assertThatThrownBy(() -> new MqttConnectionFactory().check(context.connection(MqttConnection.class)))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(words);
                assertThat(run.output().emitted()).isEmpty();
            }
        }
    }

    @Test
    void rightPasswordLetsIn() throws Exception {
        try (TestBroker broker = TestBroker.startSecured(directory)) {
            assertRoundTrip(broker.properties(Map.of("username", TestBroker.USER, "password", TestBroker.PASSWORD)));
        }
    }

    private static void assertRoundTrip(Map<String, Object> properties) throws Exception {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("topic", "t");
        all.put("qos", 1);
        try (TestContext context = TestClient.context(all, "t");
                SourceRun run = TestClient.subscribed(context);
                Sink sink = TestClient.sink(context)) {
            TestClient.write(sink, 0, 3);
            assertThat(run.output().awaitFlushed(3, PATIENCE)).isTrue();
            assertThat(TestClient.payloads(run.output().flushed())).isEqualTo(TestClient.expected(0, 3));
            new MqttConnectionFactory().check(context.connection(MqttConnection.class));
        }
    }

    /** Returns the options of a broker's acceptor that has this key. */
    private static String showing(TestCertificates server) {
        return "keyStorePath=" + server.store() + ";keyStorePassword=" + TestCertificates.PASSWORD
                + ";keyStoreType=PKCS12";
    }

    /** Returns more options, for an acceptor that lets in only who has this key. */
    private static String trustingOnly(TestCertificates client) throws Exception {
        return ";needClientAuth=true;trustStorePath=" + client.trustStore() + ";trustStorePassword="
                + TestCertificates.PASSWORD + ";trustStoreType=PKCS12";
    }

    @Test
    void certificateIsTrustedByPathAndByValue() throws Exception {
        TestCertificates server = TestCertificates.create(directory, "localhost");
        try (TestBroker broker = TestBroker.startEncrypted(directory, showing(server))) {
            String url = "ssl://localhost:" + broker.port();
            assertRoundTrip(
                    Map.of("server", url, "rootCaPath", server.certificate().toString()));
            String raw = Base64.getEncoder().encodeToString(Files.readAllBytes(server.certificate()));
            assertRoundTrip(Map.of("server", url, "rootCARaw", raw, "tlsMinVersion", "tls1.3"));
        }
    }

    @Test
    void unknownCertificateIsNotTrusted() throws Exception {
        TestCertificates server = TestCertificates.create(directory, "localhost");
        try (TestBroker broker = TestBroker.startEncrypted(directory, showing(server))) {
            String url = "ssl://localhost:" + broker.port();
            assertRefused(Map.of("server", url));
            assertRoundTrip(Map.of("server", url, "insecureSkipVerify", true));
        }
    }

    @Test
    void certificateOfAnotherHostIsNotTrusted() throws Exception {
        TestCertificates server = TestCertificates.create(directory, "broker.example");
        try (TestBroker broker = TestBroker.startEncrypted(directory, showing(server))) {
            assertRefused(Map.of(
                    "server",
                    "ssl://localhost:" + broker.port(),
                    "rootCaPath",
                    server.certificate().toString()));
        }
    }

    private static void assertRefused(Map<String, Object> properties) throws Exception {
        try (TestContext context = TestClient.context(properties, "t");
                SourceRun run = TestClient.subscribe(context)) {
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED))
                    .contains("TLS: ")
                    .contains("check properties 'rootCaPath'");
            assertThat(run.output().emitted()).isEmpty();
        }
    }

    @Test
    void clientShowsItsCertificate() throws Exception {
        TestCertificates server = TestCertificates.create(directory, "localhost");
        TestCertificates client = TestCertificates.create(directory, "client");
        try (TestBroker broker = TestBroker.startEncrypted(directory, showing(server) + trustingOnly(client))) {
            Map<String, Object> properties = new HashMap<>(Map.of(
                    "server",
                    "ssl://localhost:" + broker.port(),
                    "rootCaPath",
                    server.certificate().toString()));
            try (TestContext context = TestClient.context(properties, "t");
                    SourceRun run = TestClient.subscribe(context)) {
                TestStatus.await(context, ConnectionStatus.DISCONNECTED);
                assertThat(run.output().emitted()).isEmpty();
            }
            properties.put("certificationPath", client.certificate().toString());
            properties.put("privateKeyPath", client.privateKey().toString());
            assertRoundTrip(properties);
        }
    }

    @Test
    void plainConnectionToAnEncryptedPortSaysWhatMayBeWrong() throws Exception {
        TestCertificates server = TestCertificates.create(directory, "localhost");
        try (TestBroker broker = TestBroker.startEncrypted(directory, showing(server));
                TestContext context = TestClient.context(broker.properties(Map.of()), "t");
                SourceRun run = TestClient.subscribe(context)) {
            assertThat(TestStatus.await(context, ConnectionStatus.DISCONNECTED)).startsWith("broker '" + broker.url());
            assertThat(run.output().emitted()).isEmpty();
        }
    }
}
