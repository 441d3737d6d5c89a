package io.varuna.plugin.mqtt;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.Json;
import io.varuna.testkit.SourceContract;
import io.varuna.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MqttSourceTest extends SourceContract {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static TestBroker broker;

    private String topic = "";

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    protected SourceFactory<?> factory() {
        return new MqttSource();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MqttConnectionFactory();
    }

    @Override
    protected Map<String, Object> properties() {
        // a session, so that what is provided before the broker has answered the subscription is not lost
        return broker.properties(Map.of("clientid", topic, "enableClientSession", true));
    }

    @Override
    protected String dataSource() {
        return topic;
    }

    @Override
    protected Set<String> metadata() {
        return Set.of("topic", "qos", "messageId");
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return TestBroker.owns(thread);
    }

    @Override
    protected boolean mayKeepClasses() {
        // the broker shares Netty and its threads
        return true;
    }

    @Override
    protected void create() throws Exception {
        topic = "source-" + TOPICS.incrementAndGet();
        try (TestContext context = TestClient.context(properties(), topic);
                var run = TestClient.subscribe(context)) {
            TestStatus.await(context, ConnectionStatus.CONNECTED);
        }
    }

    @Override
    protected void provide(List<Map<String, Object>> records) throws Exception {
        MqttConnectionFactory connections = new MqttConnectionFactory();
        try (MqttConnection connection =
                connections.open(Configurations.of(connections, broker.properties(Map.of())))) {
            List<Delivery.Outbound> messages = new ArrayList<>();
            for (Map<String, Object> record : records) {
                messages.add(new Delivery.Outbound(
                        topic, Json.write(record).getBytes(StandardCharsets.UTF_8), 1, false, Map.of(), 0, 1));
            }
            connection.publisher().send(messages);
        }
    }
}
