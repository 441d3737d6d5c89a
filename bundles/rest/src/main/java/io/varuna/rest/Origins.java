package io.varuna.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may call this server. Browsers send some requests of any page, so one that comes from elsewhere is
 * refused here and not only kept from reading the answer.
 */
final class Origins {
    private final List<String> allowed;

    Origins(List<String> allowed) {
        this.allowed = allowed;
    }

    Optional<Failure> check(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || allowed.contains(origin) || isOwn(origin, request)) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                403,
                1001,
                "Pages of '" + origin + "' may not call this server. If they should, add it to 'origins' in the"
                        + " configuration 'io.varuna.rest'."));
    }

    boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && isAllowed(request.getHeader("Origin"))
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        allow(request, response);
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(204);
    }

    /** Lets pages of an allowed origin read the answer. */
    void allow(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (isAllowed(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.addHeader("Vary", "Origin");
        }
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && allowed.contains(origin);
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host != null
                && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }
}
