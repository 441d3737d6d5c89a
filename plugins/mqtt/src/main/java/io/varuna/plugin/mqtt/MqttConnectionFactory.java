package io.varuna.plugin.mqtt;

import io.netty.handler.codec.mqtt.MqttVersion;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginType;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens what all sources and sinks share that give the same broker, credentials and client id. */
@Component
@PluginType("mqtt")
public final class MqttConnectionFactory implements ConnectionFactory<MqttConnectionFactory.Config, MqttConnection> {
    private final MqttThreads threads = new MqttThreads();

    /** Properties of the connection. */
    @ObjectClassDefinition(name = "MQTT connection")
    public @interface Config {
        @AttributeDefinition(description = "Address of the broker: tcp://host:port, or ssl://host:port for TLS")
        String server() default "tcp://127.0.0.1:1883";

        @AttributeDefinition(description = "User name; none by default")
        String username() default "";

        @AttributeDefinition(type = AttributeType.PASSWORD, description = "Password of the user")
        String password() default "";

        @AttributeDefinition(description = "Client id; a random one by default")
        String clientid() default "";

        @AttributeDefinition(description = "Version of the protocol: 3.1, 3.1.1 (or 4) or 5")
        String protocolVersion() default "3.1.1";

        @AttributeDefinition(
                description =
                        "Lets the broker keep what is sent with QoS 1 or 2 while the stream is disconnected. Give a "
                                + "clientid as well, so that a restart finds the session again")
        boolean enableClientSession() default false;

        @AttributeDefinition(
                min = "0",
                description = "Seconds for which the broker keeps the session after a disconnection, with MQTT 5")
        long sessionExpiryIntervalSeconds() default 60;

        @AttributeDefinition(
                description =
                        "Accepted for existing configurations, without effect: the state of a session is with the "
                                + "broker and the rule")
        String clientStatePath() default "";

        @AttributeDefinition(
                min = "0",
                max = "65535",
                description = "Seconds of silence after which the broker is pinged")
        int keepAlive() default 30;

        @AttributeDefinition(min = "1", description = "Largest message that is taken, in bytes")
        int maxPacketSize() default 16_777_216;

        @AttributeDefinition(description = "Path of a PEM file with the client's certificate")
        String certificationPath() default "";

        @AttributeDefinition(description = "Path of a PEM file with the client's private key (PKCS #8)")
        String privateKeyPath() default "";

        @AttributeDefinition(description = "Path of a PEM file with the authorities to trust; those of Java by default")
        String rootCaPath() default "";

        @AttributeDefinition(description = "The client's certificate: a PEM file in base64")
        String certificationRaw() default "";

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "The client's private key: a PEM file in base64")
        String privateKeyRaw() default "";

        @AttributeDefinition(description = "The authorities to trust: a PEM file in base64")
        String rootCARaw() default "";

        @AttributeDefinition(description = "Accepts any certificate of the broker. Only for trying things out")
        boolean insecureSkipVerify() default false;

        @AttributeDefinition(description = "Oldest version of TLS to accept: tls1.0, tls1.1, tls1.2 or tls1.3")
        String tlsMinVersion() default "tls1.2";

        @AttributeDefinition(
                description =
                        "never, once or freely. Accepted for existing configurations, without effect: Java decides")
        String renegotiationSupport() default "never";
    }

    @Override
    public void validate(Config config) {
        BrokerAddress unused = BrokerAddress.parse(config.server());
        MqttVersion unusedToo = version(config.protocolVersion());
        if (config.username().isEmpty() && !config.password().isEmpty()) {
            throw InvalidProperty.of("password", "a password only together with 'username'", (Throwable) null);
        }
        inRange("sessionExpiryIntervalSeconds", config.sessionExpiryIntervalSeconds(), 0, 0xFFFF_FFFFL);
        inRange("keepAlive", config.keepAlive(), 0, 65_535);
        inRange("maxPacketSize", config.maxPacketSize(), 1, 268_435_455);
    }

    @Override
    public MqttConnection open(Config config) {
        validate(config);
        BrokerAddress address = BrokerAddress.parse(config.server());
        ClientOptions options = new ClientOptions(
                address,
                version(config.protocolVersion()),
                config.clientid(),
                config.username(),
                config.password(),
                config.enableClientSession(),
                config.sessionExpiryIntervalSeconds(),
                config.keepAlive(),
                config.maxPacketSize(),
                address.encrypted() ? Tls.context(config) : null);
        return new MqttConnection(options, threads);
    }

    private static void inRange(String property, long value, long least, long most) {
        if (value < least || value > most) {
            throw InvalidProperty.of(property, "a number from " + least + " to " + most, Long.toString(value));
        }
    }

    private static MqttVersion version(String text) {
        if (text.equals("3.1") || text.equals("3")) {
            return MqttVersion.MQTT_3_1;
        }
        if (Set.of("3.1.1", "4").contains(text)) {
            return MqttVersion.MQTT_3_1_1;
        }
        if (Set.of("5", "5.0").contains(text)) {
            return MqttVersion.MQTT_5;
        }
        throw InvalidProperty.of("protocolVersion", "3.1, 3.1.1, 4 or 5", text);
    }

    @Override
    public void check(MqttConnection connection) throws IOException, InterruptedException {
        connection.check();
    }
}
