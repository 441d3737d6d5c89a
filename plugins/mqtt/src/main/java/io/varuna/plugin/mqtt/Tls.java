package io.varuna.plugin.mqtt;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Makes a context for encrypted connections out of the TLS properties. */
final class Tls {
    private static final List<String> VERSIONS = List.of("tls1.0", "tls1.1", "tls1.2", "tls1.3");
    private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private Tls() {}

    static SslContext context(MqttConnectionFactory.Config config) {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (!Set.of("never", "once", "freely").contains(config.renegotiationSupport())) {
            throw InvalidProperty.of("renegotiationSupport", "never, once or freely", config.renegotiationSupport());
        }
        int oldest = VERSIONS.indexOf(config.tlsMinVersion());
        if (oldest < 0) {
            throw InvalidProperty.of("tlsMinVersion", String.join(", ", VERSIONS), config.tlsMinVersion());
        }
        builder.protocols(PROTOCOLS.subList(oldest, PROTOCOLS.size()));
        if (config.insecureSkipVerify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            trust(builder, Pem.of("rootCaPath", config.rootCaPath(), "rootCARaw", config.rootCARaw()));
        }
        identify(
                builder,
                Pem.of("certificationPath", config.certificationPath(), "certificationRaw", config.certificationRaw()),
                Pem.of("privateKeyPath", config.privateKeyPath(), "privateKeyRaw", config.privateKeyRaw()));
        try {
            return builder.build();
        } catch (SSLException e) {
            throw InvalidProperty.of("tlsMinVersion", "versions of TLS that this Java has: " + e.getMessage(), e);
        }
    }

    private static void trust(SslContextBuilder builder, Pem authorities) {
        if (authorities.isGiven()) {
            try (InputStream in = authorities.open()) {
                builder.trustManager(in);
            } catch (IOException | IllegalArgumentException e) {
                throw authorities.unreadable("certificates", e);
            }
        }
    }

    private static void identify(SslContextBuilder builder, Pem certificate, Pem key) {
        if (certificate.isGiven() != key.isGiven()) {
            throw InvalidProperty.of(
                    certificate.isGiven() ? "certificationPath" : "privateKeyPath",
                    "a file together with '" + (certificate.isGiven() ? "privateKeyPath" : "certificationPath") + "'",
                    (Throwable) null);
        }
        if (certificate.isGiven()) {
            try (InputStream chain = certificate.open();
                    InputStream secret = key.open()) {
                builder.keyManager(chain, secret);
            } catch (IOException | IllegalArgumentException e) {
                throw key.unreadable("a private key (PKCS #8) that belongs to 'certificationPath'", e);
            }
        }
    }

    /** PEM text, from a file or, in base64, from the property itself; the file wins. */
    private record Pem(String pathProperty, String path, String rawProperty, String raw) {
        static Pem of(String pathProperty, String path, String rawProperty, String raw) {
            return new Pem(pathProperty, path, rawProperty, raw);
        }

        boolean isGiven() {
            return !path.isEmpty() || !raw.isEmpty();
        }

        InputStream open() throws IOException {
            return path.isEmpty()
                    ? new ByteArrayInputStream(Base64.getMimeDecoder().decode(raw))
                    : Files.newInputStream(Path.of(path));
        }

        RuntimeException unreadable(String content, Exception cause) {
            String property = path.isEmpty() ? rawProperty : pathProperty;
            String form = path.isEmpty() ? "base64 of a PEM file with " : "the path of a PEM file with ";
            return InvalidProperty.of(property, form + content + ": " + cause, cause);
        }
    }
}
