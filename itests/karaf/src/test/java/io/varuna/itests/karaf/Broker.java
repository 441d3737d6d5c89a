package io.varuna.itests.karaf;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.jspecify.annotations.Nullable;

/** An MQTT broker that keeps what it has over a restart. */
final class Broker implements AutoCloseable {
    private final int port = Ports.free();
    private final Path directory;
    private @Nullable EmbeddedActiveMQ server;

    Broker(String name) {
        this.directory = Path.of("target", "brokers", name + "-" + port).toAbsolutePath();
        start();
    }

    void start() {
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setSecurityEnabled(false)
                    .setPersistenceEnabled(true)
                    .setJournalType(JournalType.NIO)
                    .setJournalDirectory(directory.resolve("journal").toString())
                    .setBindingsDirectory(directory.resolve("bindings").toString())
                    .setLargeMessagesDirectory(directory.resolve("large").toString())
                    .setPagingDirectory(directory.resolve("paging").toString());
            configuration.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT");
            EmbeddedActiveMQ started = new EmbeddedActiveMQ().setConfiguration(configuration);
            started.start();
            server = started;
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not start", e);
        }
    }

    void stop() {
        EmbeddedActiveMQ running = server;
        if (running != null) {
            try {
                running.stop();
            } catch (Exception e) {
                throw new IllegalStateException("The broker does not stop", e);
            }
            server = null;
        }
    }

    String address() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
    }
}
