package io.varuna.pluginmanager;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Where the HTTP servers of the container listen. */
final class RestEndpoints {
    /** By name, so that a container without HTTP will do. */
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private static final String ENDPOINTS = "osgi.http.endpoint";

    private RestEndpoints() {}

    /** Tells whether nobody but this machine can reach a server; also true where there is none. */
    static boolean onThisMachineOnly(BundleContext context) {
        try {
            ServiceReference<?>[] servers = context.getAllServiceReferences(RUNTIME, null);
            return servers == null
                    || Arrays.stream(servers)
                            .flatMap(server -> texts(server.getProperty(ENDPOINTS)).stream())
                            .allMatch(RestEndpoints::isLoopback);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(Object property) {
        if (property instanceof String text) {
            return List.of(text);
        }
        if (property instanceof String[] texts) {
            return List.of(texts);
        }
        return property instanceof Collection<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static boolean isLoopback(String endpoint) {
        try {
            String host = URI.create(endpoint).getHost();
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (IllegalArgumentException | UnknownHostException e) {
            // what is not known to be this machine alone is taken for reachable
            return false;
        }
    }
}
