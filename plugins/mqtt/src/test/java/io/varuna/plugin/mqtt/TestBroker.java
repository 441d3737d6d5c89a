package io.varuna.plugin.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * An Artemis broker in this process. One that keeps what it has over a restart may change the order of messages
 * (ARTEMIS-6191), so only tests of restarts take such a one.
 */
final class TestBroker implements AutoCloseable {
    static final String USER = "meter";
    static final int MAXIMUM_PACKET_SIZE = 65_536;
    static final String PASSWORD = "secret-1";

    private final Path directory;
    private final int port;
    private final String acceptorOptions;
    private final boolean secured;
    private final boolean durable;
    private @Nullable EmbeddedActiveMQ server;

    private TestBroker(Path directory, String acceptorOptions, boolean secured, boolean durable) throws IOException {
        this.directory = directory;
        this.port = freePort();
        this.acceptorOptions = acceptorOptions;
        this.secured = secured;
        this.durable = durable;
    }

    /** Starts a broker that lets everybody in. */
    static TestBroker start(Path directory) throws Exception {
        return started(new TestBroker(directory, "", false, false));
    }

    /** Starts a broker that keeps what it has over a restart. */
    static TestBroker startDurable(Path directory) throws Exception {
        return started(new TestBroker(directory, "", false, true));
    }

    /** Starts a broker that wants {@link #USER} and {@link #PASSWORD}. */
    static TestBroker startSecured(Path directory) throws Exception {
        return started(new TestBroker(directory, "", true, false));
    }

    /** Starts a broker that speaks TLS, as the options of its acceptor say. */
    static TestBroker startEncrypted(Path directory, String acceptorOptions) throws Exception {
        return started(new TestBroker(directory, ";sslEnabled=true;" + acceptorOptions, false, false));
    }

    private static TestBroker started(TestBroker broker) throws Exception {
        broker.start();
        return broker;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(durable)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setJournalMinFiles(2)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setSecurityEnabled(secured)
                .setJMXManagementEnabled(false)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8);
        configuration.addAcceptorConfiguration(
                "mqtt",
                "tcp://127.0.0.1:" + port
                        + "?protocols=MQTT;useEpoll=false;useKQueue=false;directDeliver=false;maximumPacketSize="
                        + MAXIMUM_PACKET_SIZE + acceptorOptions);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        if (secured) {
            SecurityConfiguration users = new SecurityConfiguration();
            users.addUser(USER, PASSWORD);
            users.addRole(USER, "all");
            configuration.putSecurityRoles("#", Set.of(everything()));
            broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        }
        broker.start();
        server = broker;
    }

    private static Role everything() {
        return new Role("all", true, true, true, true, true, true, false, true, true, true, false, false);
    }

    void stop() throws Exception {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /**
     * Waits until all clients have left. One that comes with the client id of another before drives it out, and what the
     * other had acknowledged at last may be forgotten.
     */
    void awaitNoClients() {
        EmbeddedActiveMQ running = Objects.requireNonNull(server);
        Awaitility.await().until(() -> running.getActiveMQServer().getConnectionCount() == 0);
    }

    /** Tells whether a thread belongs to the broker rather than to us. */
    static boolean owns(Thread thread) {
        return !thread.getName().startsWith("varuna-");
    }

    /** Returns properties for a stream or an action, with {@code more} on top. */
    Map<String, Object> properties(Map<String, ?> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("server", url()));
        properties.putAll(more);
        return properties;
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
