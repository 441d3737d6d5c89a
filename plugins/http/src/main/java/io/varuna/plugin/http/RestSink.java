package io.varuna.plugin.http;

import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sends messages to an HTTP server. */
@Component(service = SinkFactory.class)
@PluginType("rest")
public final class RestSink implements SinkFactory<RestSink.Config> {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    /** An answer is read to say what is wrong, and no further. */
    private static final int MOST_OF_AN_ANSWER = 65_536;

    /** Properties of the sink. */
    @ObjectClassDefinition(name = "REST sink")
    public @interface Config {
        @AttributeDefinition(description = "Address to send to; may have placeholders such as {{.id}}")
        String url();

        @AttributeDefinition(description = "Method of the request: get, post, put, patch or delete")
        String method() default "get";

        @AttributeDefinition(
                description =
                        "Form of the body: none, json, text, html, xml, javascript, form or binary; by default none for get and json otherwise")
        String bodyType() default "";

        @AttributeDefinition(description = "Time to wait for an answer, such as 5s")
        String timeout() default "5s";

        @AttributeDefinition(
                description = "Headers of the request, an object from names to values, which may have placeholders")
        String headers() default "";

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
    public void validate(Config config) {
        String method = method(config);
        if (!METHODS.contains(method)) {
            throw InvalidProperty.of("method", "get, post, put, patch or delete", config.method());
        }
        BodyType.of(bodyType(config, method));
        Durations.property("timeout", config.timeout());
        if (!config.url().contains("{{")) {
            RequestTemplate.address(config.url());
        }
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        validate(config);
        String method = method(config);
        Duration timeout = Durations.property("timeout", config.timeout());
        HttpClient client = new Connecting(
                        timeout,
                        config.rootCaPath(),
                        config.certificationPath(),
                        config.privateKeyPath(),
                        config.insecureSkipVerify())
                .client();
        RequestTemplate request = new RequestTemplate(
                method,
                BodyType.of(bodyType(config, method)),
                Headers.of(context.properties().get("headers")),
                timeout);
        return new RestSender(new Caller(client, timeout, MOST_OF_AN_ANSWER), request, config.url(), context);
    }

    private static String method(Config config) {
        return config.method().toUpperCase(Locale.ROOT);
    }

    private static String bodyType(Config config, String method) {
        if (!config.bodyType().isEmpty()) {
            return config.bodyType();
        }
        return method.equals("GET") ? "none" : "json";
    }
}
