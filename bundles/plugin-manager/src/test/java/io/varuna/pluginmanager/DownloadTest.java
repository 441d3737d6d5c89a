package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT = "content of a plugin".getBytes(StandardCharsets.UTF_8);

    private final Path directory;
    private final Path target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    DownloadTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.target = directory.resolve("target");
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesOverHttp() throws IOException {
        answer("/plugin.zip", 200, CONTENT);

        download().fetch(address("/plugin.zip"), target);

        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    }

    @Test
    void fetchesAFileOfThisMachine() throws IOException {
        Path file = Files.write(directory.resolve("with space.zip"), CONTENT);

        download().fetch(file.toUri().toString(), target);

        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    }

    @Test
    void followsARedirectWithinTheScheme() throws IOException {
        answer("/plugin.zip", 200, CONTENT);
        redirect("/old", "/plugin.zip");

        download().fetch(address("/old"), target);

        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    }

    @Test
    void followsNoRedirectToAnotherScheme() {
        redirect("/old", "file:///etc/passwd");

        failed(StandardError.DOWNLOAD_FAILED, address("/old"))
                .hasMessageContaining("A change from http to file is not");
        assertThat(target).doesNotExist();
    }

    @Test
    void followsNoRedirectForEver() {
        redirect("/round", "/round");

        failed(StandardError.DOWNLOAD_FAILED, address("/round")).hasMessageContaining("leads on more than 5 times");
    }

    @Test
    void saysThatTheServerDoesNotHaveIt() {
        answer("/other", 404, CONTENT);

        failed(StandardError.DOWNLOAD_FAILED, address("/other"))
                .hasMessage("'" + address("/other") + "' answers with HTTP status 404");
    }

    @Test
    void saysThatNobodyAnswers() {
        String address = address("/gone");
        server.stop(0);

        failed(StandardError.DOWNLOAD_FAILED, address).hasMessageStartingWith("Nobody answers at '" + address + "'");
    }

    @Test
    void givesUpWhenTheAnswerHangs() {
        server.createContext("/hang", exchange -> awaitEnd());

        failedSoon(StandardError.DOWNLOAD_FAILED, address("/hang"))
                .hasMessageEndingWith("did not deliver within 1 seconds");
    }

    @Test
    void givesUpWhenTheBodyHangs() {
        server.createContext("/stall", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(CONTENT);
            exchange.getResponseBody().flush();
            awaitEnd();
        });

        failedSoon(StandardError.DOWNLOAD_FAILED, address("/stall"))
                .hasMessageEndingWith("did not deliver within 1 seconds");
    }

    @Test
    void readsNoMoreThanTheLimit() {
        answer("/large", 200, new byte[3 * 1024 * 1024]);

        failed(StandardError.PLUGIN_REJECTED, address("/large"))
                .hasMessage("'" + address("/large") + "' is larger than 2 MB, the most that it may have");
    }

    @Test
    void refusesPrivateAddressesUnlessAllowed() {
        AddressPolicy strict = new AddressPolicy(false);

        for (String host :
                new String[] {"10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]"}) {
            assertThatThrownBy(() -> strict.check("http://" + host + "/x"))
                    .as(host)
                    .hasMessageContaining("is at the private address")
                    .hasMessageContaining("varuna.plugins.allow.private");
            assertThat(new AddressPolicy(true).check("http://" + host + "/x")).isNotNull();
        }
        assertThatThrownBy(() -> new AddressPolicy(true).check("http://0.0.0.0/x"))
                .isInstanceOf(VarunaException.class);
    }

    @Test
    void refusesWhatIsNoAddress() {
        failed(StandardError.PLUGIN_REJECTED, "ftp://example.org/x").hasMessageContaining("must begin with http://");
        failed(StandardError.PLUGIN_REJECTED, "mysql.zip").hasMessageContaining("must begin with http://");
        failed(StandardError.PLUGIN_REJECTED, "http://a b").hasMessageContaining("is not an address");
        failed(StandardError.PLUGIN_REJECTED, "file://host/x").hasMessageContaining("is not the address of a file");
        failed(StandardError.DOWNLOAD_FAILED, directory.resolve("none").toUri().toString())
                .hasMessageStartingWith("There is no file");
        failed(StandardError.DOWNLOAD_FAILED, directory.toUri().toString()).hasMessageStartingWith("There is no file");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failed(StandardError code, String address) {
        return failed(code, address, download());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failedSoon(StandardError code, String address) {
        return failed(code, address, download(Duration.ofSeconds(1)));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failed(
            StandardError code, String address, Download download) {
        return assertThatThrownBy(() -> download.fetch(address, target))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private static Download download() {
        return download(Duration.ofMinutes(1));
    }

    private static Download download(Duration limit) {
        return new Download(new AddressPolicy(false), limit, 2 * 1024 * 1024);
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private void redirect(String path, String location) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
