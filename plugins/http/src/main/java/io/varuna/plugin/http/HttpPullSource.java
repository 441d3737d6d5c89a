package io.varuna.plugin.http;

import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Asks for records at an interval. */
@Component(service = SourceFactory.class)
@PluginType("httppull")
public final class HttpPullSource implements SourceFactory<HttpPullSource.Config> {
    /** Properties of the source. */
    @ObjectClassDefinition(name = "HTTP pull source")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "Address to ask; DATASOURCE is appended. That of a lookup table may have values of the key, as {{.id}}")
        String url();

        @AttributeDefinition(description = "Method of the request: get, post, put or delete")
        String method() default "get";

        @AttributeDefinition(description = "Time between two requests of a stream, such as 10s or 500ms")
        String interval() default "10s";

        @AttributeDefinition(description = "Time to wait for an answer, such as 5s")
        String timeout() default "5s";

        @AttributeDefinition(description = "Most bytes of an answer that are taken")
        int maxBodySize() default 10_485_760;

        @AttributeDefinition(description = "Body of the request; that of a lookup table may have values of the key")
        String body() default "";

        @AttributeDefinition(description = "Form of the body: none, json, text, html, xml, javascript or form")
        String bodyType() default "none";

        @AttributeDefinition(
                description =
                        "Headers of the request, an object from names to values, which may have values of the key of a lookup table")
        String headers() default "";

        @AttributeDefinition(description = "Whether an answer to a stream that equals the one before is left out")
        boolean incremental() default false;

        @AttributeDefinition(description = "Whether the server's certificate is taken unchecked; only for trials")
        boolean insecureSkipVerify() default false;

        @AttributeDefinition(description = "PEM file with the authorities to trust; by default those of Java")
        String rootCaPath() default "";

        @AttributeDefinition(description = "PEM file with the certificate to show to the server")
        String certificationPath() default "";

        @AttributeDefinition(description = "PEM file with the private key of that certificate (PKCS #8)")
        String privateKeyPath() default "";
    }

    @Override
    public Source open(Config config, SourceContext context) {
        RequestTemplate request = request(config, context);
        URI address = RequestTemplate.address(config.url() + context.dataSource());
        PollingSource source = new Poller(
                caller(config, connecting(config).client()),
                request.build(address, config.body()),
                Durations.property("interval", config.interval()),
                config.incremental(),
                context);
        return source;
    }

    static RequestTemplate request(Config config, SourceContext context) {
        String method = config.method().toUpperCase(Locale.ROOT);
        if (!Set.of("GET", "POST", "PUT", "DELETE").contains(method)) {
            throw InvalidProperty.of("method", "get, post, put or delete", config.method());
        }
        return new RequestTemplate(
                method,
                BodyType.of(config.bodyType()),
                Headers.of(context.properties().get("headers")),
                timeout(config));
    }

    static Caller caller(Config config, HttpClient client) {
        return new Caller(client, timeout(config), BodySize.checked(config.maxBodySize()));
    }

    static Connecting connecting(Config config) {
        return new Connecting(
                timeout(config),
                config.rootCaPath(),
                config.certificationPath(),
                config.privateKeyPath(),
                config.insecureSkipVerify());
    }

    private static Duration timeout(Config config) {
        return Durations.property("timeout", config.timeout());
    }

    @Override
    public boolean isTransient(Exception failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }
}
