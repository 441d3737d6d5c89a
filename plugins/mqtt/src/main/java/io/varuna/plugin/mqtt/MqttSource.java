package io.varuna.plugin.mqtt;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Position;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Subscribes to topics of a broker. Messages of QoS 1 and 2 are acknowledged when the rules say that they are safe. */
@Component
@PluginType("mqtt")
public final class MqttSource implements SourceFactory<MqttSource.Config> {
    /** Properties of the source; those of {@link MqttConnectionFactory} come on top, and DATASOURCE names the topics. */
    @ObjectClassDefinition(name = "MQTT source")
    public @interface Config {
        @AttributeDefinition(
                min = "0",
                max = "2",
                description = "Highest quality of service to be sent with: 0, 1 or 2")
        int qos() default 1;

        @AttributeDefinition(description = "Payload, in base64, of the message that ends the stream")
        String eofMessage() default "";
    }

    @Override
    public void validate(Config config) {
        if (config.qos() < 0 || config.qos() > 2) {
            throw InvalidProperty.of("qos", "0, 1 or 2", Integer.toString(config.qos()));
        }
        byte[] unused = endOfStream(config.eofMessage());
    }

    @Override
    public Source open(Config config, SourceContext context) throws Exception {
        validate(config);
        List<TopicFilter> filters = TopicFilter.parseList(context.dataSource());
        byte[] endOfStream = endOfStream(config.eofMessage());
        MqttConnection connection = context.connection(MqttConnection.class);
        return new Topics(output ->
                connection.subscribe(new Subscription.Request(filters, config.qos(), endOfStream, output, context)));
    }

    private static byte @Nullable [] endOfStream(String base64) {
        if (base64.isEmpty()) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw InvalidProperty.of("eofMessage", "base64: " + e.getMessage(), e);
        }
    }

    private interface Start {
        MqttConnection.Handle subscribe(SourceOutput output) throws InterruptedException;
    }

    private static final class Topics implements PushSource {
        private final Start start;
        private volatile MqttConnection.@Nullable Handle handle;

        Topics(Start start) {
            this.start = start;
        }

        @Override
        public void start(SourceOutput output) throws InterruptedException {
            handle = start.subscribe(output);
        }

        @Override
        public void committed(Position position) {
            MqttConnection.Handle started = handle;
            if (started != null) {
                started.subscription().committed(position);
            }
        }

        @Override
        public void close() throws InterruptedException {
            MqttConnection.Handle started = handle;
            if (started != null) {
                handle = null;
                started.close();
            }
        }
    }
}
