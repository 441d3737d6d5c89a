package io.varuna.plugin.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where a broker listens, as property {@code server} says it: {@code tcp://127.0.0.1:1883} or {@code ssl://host}. */
record BrokerAddress(String host, int port, boolean encrypted) {
    private static final Set<String> PLAIN = Set.of("tcp", "mqtt");
    private static final Set<String> ENCRYPTED = Set.of("ssl", "tls", "mqtts", "tcps");
    private static final String TAKES = "an address such as tcp://127.0.0.1:1883 or ssl://broker:8883";

    /** Reads the address; without a scheme it is {@code tcp}, without a port the one registered for the scheme. */
    static BrokerAddress parse(String text) {
        String address = text.strip();
        URI uri;
        try {
            uri = new URI(address.contains("://") ? address : "tcp://" + address);
        } catch (URISyntaxException e) {
            throw InvalidProperty.of("server", TAKES + ", not '" + text + "': " + e.getMessage(), e);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean encrypted = ENCRYPTED.contains(scheme);
        if (!encrypted && !PLAIN.contains(scheme)) {
            throw InvalidProperty.of("server", TAKES, text);
        }
        String host = uri.getHost();
        if (host == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
            throw InvalidProperty.of("server", TAKES, text);
        }
        int port = uri.getPort() < 0 ? defaultPort(encrypted) : uri.getPort();
        return new BrokerAddress(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, encrypted);
    }

    private static int defaultPort(boolean encrypted) {
        return encrypted ? 8883 : 1883;
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (encrypted ? "ssl://" : "tcp://") + name + ":" + port;
    }
}
