package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.MapPipeline;
import io.varuna.benchmarks.pipeline.Output;
import io.varuna.benchmarks.pipeline.Question;
import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.pipeline.VarunaEngine;
import io.varuna.engine.time.RealTime;
import io.varuna.plugin.mqtt.MqttConnectionFactory;
import io.varuna.plugin.mqtt.MqttSource;
import java.io.IOException;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Answers the question for messages that a broker sends. */
public final class MqttTrial implements Trial {
    private static final int MESSAGES = 50_000;

    private final BlasterProcess broker;
    private final AutoCloseable client;
    private final Arrivals arrivals;
    private long expected;

    private MqttTrial(int qos, Client client) throws Exception {
        this.arrivals = new Arrivals();
        this.broker = new BlasterProcess(Shape.SMALL, MESSAGES, qos);
        this.client = client.open(broker, qos, arrivals);
    }

    /** Something that subscribes and brings results. */
    private interface Client {
        AutoCloseable open(BlasterProcess broker, int qos, Output output) throws Exception;
    }

    /** The plugin {@code mqtt} and a rule. */
    public static MqttTrial varuna(int qos) throws Exception {
        return new MqttTrial(qos, MqttTrial::rule);
    }

    /** The usual client library, with maps for the rest. */
    public static MqttTrial paho(int qos) throws Exception {
        return new MqttTrial(qos, MqttTrial::paho);
    }

    private static AutoCloseable rule(BlasterProcess broker, int qos, Output output) {
        return rule(Question.SQL, broker, output);
    }

    /** Starts a rule that reads stream {@code demo} from the broker. */
    static AutoCloseable rule(String sql, BlasterProcess broker, Output output) {
        VarunaEngine engine = new VarunaEngine(new RealTime(), output, new MqttSource(), new MqttConnectionFactory());
        engine.create(broker.stream());
        engine.start("question", sql, VarunaEngine.action(VarunaEngine.OUTPUT), Map.of());
        return engine;
    }

    private static AutoCloseable paho(BlasterProcess broker, int qos, Output output) throws Exception {
        MqttClient client = new MqttClient(broker.address(), "benchmark", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        client.connect(options);
        MapPipeline pipeline = new MapPipeline(Messages.of(Shape.SMALL, 1, 1), output);
        client.subscribe(Frames.TOPIC, qos, (topic, message) -> {
            byte[] payload = message.getPayload();
            pipeline.accept(payload, 0, payload.length);
        });
        return () -> client.disconnectForcibly(0, 0, false);
    }

    @Override
    public long run() throws IOException {
        broker.send();
        expected += broker.passing();
        arrivals.await(expected);
        return MESSAGES;
    }

    @Override
    public void close() throws Exception {
        broker.close();
        client.close();
    }
}
