package io.varuna.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.utils.properties.TypedProperties;

/** Where the REST interface listens. */
record RestAddress(String host, int port) {
    private static final String FILE = "org.apache.felix.http.cfg";
    private static final String HOST = "org.apache.felix.http.host";
    private static final String PORT = "org.osgi.service.http.port";

    /** Reads the configuration of the HTTP server, with its variables resolved as the container resolves them. */
    static RestAddress configured(Path etc) throws Refusal {
        Path file = etc.resolve(FILE);
        var properties = new TypedProperties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new Refusal("File '" + file + "' cannot be read (" + e + "). Unpack the distribution again.");
        }
        String port = String.valueOf(properties.getOrDefault(PORT, "8080")).trim();
        return new RestAddress(
                String.valueOf(properties.getOrDefault(HOST, "0.0.0.0")).trim(), number(port, file));
    }

    private static int number(String port, Path file) throws Refusal {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            throw new Refusal("Property '" + PORT + "' in '" + file + "' is '" + port
                    + "'. It takes a port from 0 (any free one) to 65535; VARUNA_PORT sets it too.");
        }
        return Integer.parseInt(port);
    }

    /** Returns normally when the address is free. */
    void checkFree() throws Refusal {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new Refusal("Host '" + host + "' is unknown. Correct '" + HOST + "' in etc/" + FILE
                    + " or VARUNA_HOST, for instance to 127.0.0.1.");
        }
        try (var socket = new ServerSocket()) {
            // as the HTTP server binds: connections of an earlier run that linger do not count
            socket.setReuseAddress(!System.getProperty("os.name", "").startsWith("Windows"));
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new Refusal("REST cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "). Stop the program that holds the port, or choose another one: VARUNA_PORT=9082, or '" + PORT
                    + "' in etc/" + FILE + ".");
        }
    }

    /** Returns the address to call, which is this machine's own where the server listens on all. */
    InetSocketAddress callable() {
        return new InetSocketAddress(host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host, port);
    }

    String url() {
        String name = callable().getHostString();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
