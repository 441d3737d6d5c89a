package io.varuna.plugin.http;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Takes records that are posted. An answer of 200 says that the rules have them. */
@Component(service = SourceFactory.class)
@PluginType("httppush")
public final class HttpPushSource implements SourceFactory<HttpPushSource.Config> {
    /** Properties of the source; those of {@link PushServerFactory} come on top. */
    @ObjectClassDefinition(name = "HTTP push source")
    public @interface Config {
        @AttributeDefinition(description = "Method that is taken: POST or PUT")
        String method() default "POST";
    }

    @Override
    public Source open(Config config, SourceContext context) throws Exception {
        String method = config.method().toUpperCase(Locale.ROOT);
        if (!Set.of("POST", "PUT").contains(method)) {
            throw InvalidProperty.of("method", "POST or PUT", config.method());
        }
        if (!context.dataSource().startsWith("/")) {
            throw InvalidProperty.of("DATASOURCE", "the path to post to, which starts with '/'", context.dataSource());
        }
        return new Subscription(context.connection(PushServer.class), context, method);
    }

    /** One stream's place on the server. */
    private static final class Subscription implements PushSource, PushServer.Endpoint {
        private final PushServer server;
        private final SourceContext context;
        private final String method;
        private @Nullable SourceOutput out;

        Subscription(PushServer server, SourceContext context, String method) {
            this.server = server;
            this.context = context;
            this.method = method;
        }

        @Override
        public void start(SourceOutput output) {
            synchronized (this) {
                out = output;
            }
            server.add(context.dataSource(), this);
            context.status(ConnectionStatus.CONNECTED, null);
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public synchronized void take(byte[] body) throws InterruptedException {
            SourceOutput output = out;
            if (output != null) {
                output.emit(ByteBuffer.wrap(body), Map.of(), null);
                output.flush();
            }
        }

        @Override
        public void close() {
            server.remove(context.dataSource(), this);
            // waits for a record that is being taken
            synchronized (this) {
                out = null;
            }
        }
    }
}
