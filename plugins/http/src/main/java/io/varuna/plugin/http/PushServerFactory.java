package io.varuna.plugin.http;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginType;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens the server that streams of type httppush share. */
@Component(service = ConnectionFactory.class)
@PluginType("httppush")
public final class PushServerFactory implements ConnectionFactory<PushServerFactory.Config, PushServer> {
    /** Properties of the server. */
    @ObjectClassDefinition(name = "HTTP push server")
    public @interface Config {
        @AttributeDefinition(description = "Address on which it listens; by default only on this machine's own")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port on which it listens")
        int port() default 10081;

        @AttributeDefinition(description = "Most bytes of a body that are taken")
        int maxBodySize() default 10_485_760;
    }

    @Override
    public PushServer open(Config config) throws IOException {
        return new PushServer(config.host(), config.port(), BodySize.checked(config.maxBodySize()));
    }
}
