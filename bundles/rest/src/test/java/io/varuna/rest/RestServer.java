package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.FunctionDescription;
import io.varuna.testkit.manage.MemoryCatalogs;
import io.varuna.testkit.manage.MemoryData;
import io.varuna.testkit.manage.MemoryKeyedState;
import io.varuna.testkit.manage.MemoryPlugins;
import io.varuna.testkit.manage.MemoryProfiles;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servlet and its filter in a real server, with management services in memory. */
final class RestServer implements AutoCloseable, AfterEachCallback {
    static final int BODY_LIMIT = 10_000;

    final MemoryStreams streams = new MemoryStreams();
    final MemoryRules rules = new MemoryRules();
    final MemoryPlugins plugins = new MemoryPlugins();
    final MemoryTrials trials = new MemoryTrials();
    final MemoryData data = new MemoryData();
    final TemporaryUploads uploads = new TemporaryUploads();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server();
    private final ServerConnector connector;

    RestServer() {
        this(new String[0], new String[0], new String[0], Clock.systemUTC());
    }

    RestServer(String[] users, String[] hosts, String[] origins, Clock clock) {
        this(users, hosts, origins, new String[0], clock);
    }

    RestServer(String[] users, String[] hosts, String[] origins, String[] proxies, Clock clock) {
        HttpConfiguration http = new HttpConfiguration();
        // lets a test come from another address
        http.addCustomizer(new ForwardedRequestCustomizer());
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(new AccessFilter(users, hosts, origins, proxies, clock));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder servlet = new ServletHolder(servlet());
        servlet.setAsyncSupported(true);
        servlet.getRegistration().setMultipartConfig(new MultipartConfigElement("", -1, -1, 65_536));
        context.addServlet(servlet, "/*");
        server.setHandler(context);
        start();
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The server cannot be started", e);
        }
    }

    RestServlet servlet() {
        return new RestServlet(
                streams,
                rules,
                () -> List.of(
                        new FunctionDescription(
                                "abs",
                                List.of(),
                                "scalar",
                                "abs(value FLOAT)",
                                "The absolute value.",
                                List.of("abs(-1) = 1")),
                        new FunctionDescription(
                                "distance",
                                List.of("geodistance"),
                                "scalar",
                                "distance(from STRING, to STRING)",
                                "The distance in metres.",
                                List.of())),
                plugins,
                new MemoryCatalogs(),
                new MemoryProfiles(),
                new MemoryKeyedState(),
                (type, properties) -> String.valueOf(properties.get("server")).contains("nobody")
                        ? CompletableFuture.failedFuture(
                                new VarunaException(StandardError.CONNECTION_FAILED, "Nobody is there."))
                        : CompletableFuture.completedFuture(null),
                trials,
                uploads,
                data,
                new FileDownloads(),
                BODY_LIMIT,
                1,
                Optional.empty(),
                "1.0.0");
    }

    int port() {
        return connector.getLocalPort();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return client.send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    /** Returns a connection on which the answer can be read as it comes. */
    HttpResponse<InputStream> open(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body), BodyHandlers.ofInputStream());
    }

    /** Sends bytes as they are, and returns all that comes back until the server closes. */
    String raw(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        uploads.close();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        close();
    }
}
