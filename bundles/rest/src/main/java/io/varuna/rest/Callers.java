package io.varuna.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where requests come from. */
final class Callers {
    private static final Pattern FORWARDED_FOR =
            Pattern.compile("\\bfor\\s*=\\s*(\"[^\"]*\"|[^;,\\s]*)", Pattern.CASE_INSENSITIVE);

    /** A port after an address of four numbers or in brackets. */
    private static final Pattern PORT = Pattern.compile("(?<=^[0-9.]{7,15}|]):[0-9]+$");

    private Callers() {}

    /**
     * Tells whether a request was made on this machine. A proxy on this machine passes on what others ask; most proxies say for
     * whom.
     */
    static boolean isOnThisMachine(HttpServletRequest request) {
        return Hosts.isLoopbackAddress(request.getRemoteAddr())
                && Stream.concat(forwarded(request), addresses(request, "X-Forwarded-For"))
                        .map(Callers::withoutPort)
                        .allMatch(Hosts::isLoopbackAddress);
    }

    /**
     * Returns who makes a request: whoever is connected, or for whom it is if that is one of the proxies. Only what they have
     * added to {@code X-Forwarded-For} counts; before it there is what the client likes.
     */
    static String address(HttpServletRequest request, Collection<InetAddress> proxies) {
        Deque<String> passed =
                new ArrayDeque<>(addresses(request, "X-Forwarded-For").toList());
        String address = request.getRemoteAddr();
        while (!passed.isEmpty()
                && Hosts.address(address).filter(proxies::contains).isPresent()) {
            address = withoutPort(passed.removeLast());
        }
        return address;
    }

    private static String withoutPort(String address) {
        return PORT.matcher(address).replaceFirst("");
    }

    private static Stream<String> forwarded(HttpServletRequest request) {
        return values(request, "Forwarded")
                .flatMap(value -> FORWARDED_FOR.matcher(value).results())
                .map(found -> found.group(1).replace("\"", ""));
    }

    private static Stream<String> addresses(HttpServletRequest request, String header) {
        return values(request, header)
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip);
    }

    private static Stream<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream();
    }
}
