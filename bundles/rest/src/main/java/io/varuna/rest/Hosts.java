package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which this server may be called. A web page can make its own host name lead here (DNS rebinding) and
 * then passes for this origin; the name that it has to use gives it away.
 */
final class Hosts {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?]?");

    private final List<String> names;
    private final boolean authenticated;

    Hosts(List<String> names, boolean authenticated) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.authenticated = authenticated;
    }

    Optional<Failure> check(HttpServletRequest request) {
        String name = request.getServerName().toLowerCase(Locale.ROOT);
        // a page that rebinds a name knows no password, so with users any name will do unless some are configured
        if (isLoopbackName(name) || names.contains(name) || (authenticated && names.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                403,
                1001,
                "This server is not called '" + name
                        + "'. If it should be, add the name to 'hosts' in the configuration" + " 'io.varuna.rest'."));
    }

    static boolean isLoopbackName(String name) {
        return name.equals("localhost") || name.endsWith(".localhost") || isLoopbackAddress(name);
    }

    /** Tells whether a text is a loopback address; names are not looked up. */
    static boolean isLoopbackAddress(String text) {
        return address(text).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Reads the addresses of proxies. */
    static Set<InetAddress> addresses(List<String> texts) {
        return texts.stream()
                .map(text -> address(text)
                        .orElseThrow(() -> new VarunaException(
                                StandardError.INVALID_PROPERTY,
                                "'proxies' of the configuration 'io.varuna.rest' must hold addresses such as 192.168.1.2,"
                                        + " not '" + text + "'.")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the address that a text is; empty if it is a name, which is not looked up. */
    static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
