package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on its route, and the answer to it. For one thread. */
final class Exchange {
    /** What a JSON body may be called; curl and browsers use the last three where nobody says otherwise. */
    private static final List<String> BODY_TYPES = List.of(
            "application/json",
            "text/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/octet-stream");

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Map<String, String> parameters;
    private final int bodyLimit;

    Exchange(HttpServletRequest request, HttpServletResponse response, Map<String, String> parameters, int bodyLimit) {
        this.request = request;
        this.response = response;
        this.parameters = parameters;
        this.bodyLimit = bodyLimit;
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    /** Returns the part of the path that stands for a parameter of the template. */
    String path(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The template has no parameter '" + name + "'");
        }
        return value;
    }

    /** Returns a parameter of the query, decoded. The body is left alone, whatever its type says. */
    Optional<String> query(String name) {
        String query = request.getQueryString();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /** Tells whether the client names a type among those that it accepts. */
    boolean accepts(String type) {
        String accepted = request.getHeader("Accept");
        return accepted != null && accepted.toLowerCase(Locale.ROOT).contains(type);
    }

    /** Tells whether a parameter of the query says true, as {@code true} or {@code 1}. */
    boolean flag(String name) {
        String value = query(name).orElse("false");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "The parameter '" + name + "' must be 'true' or 'false', but is '" + value + "'.");
        };
    }

    /** Returns the body as text, or fails with REQUEST_TOO_LARGE before more than the limit has been read. */
    String body() throws UnsupportedBodyException {
        checkType();
        byte[] bytes;
        try {
            bytes = request.getInputStream().readNBytes(bodyLimit + 1);
        } catch (IOException e) {
            throw new VarunaException(StandardError.INVALID_JSON, "The body ended early; send it again.", e);
        }
        if (bytes.length > bodyLimit) {
            throw tooLarge(bodyLimit);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new VarunaException(StandardError.INVALID_JSON, "The body is not UTF-8 text.", e);
        }
    }

    static VarunaException tooLarge(int bodyLimit) {
        return new VarunaException(
                StandardError.REQUEST_TOO_LARGE,
                "The body is larger than " + bodyLimit
                        + " bytes. Send less, or raise 'body.limit' in the configuration 'io.varuna.rest'.");
    }

    void sendText(int status, String text) throws IOException {
        send(status, "text/plain;charset=utf-8", text);
    }

    void sendJson(int status, @Nullable Object value) throws IOException {
        send(status, "application/json", Json.write(value));
    }

    void send(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private void checkType() throws UnsupportedBodyException {
        String type = request.getContentType();
        if (type == null || type.isBlank()) {
            return;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        if (!BODY_TYPES.contains(parts[0].strip())) {
            throw new UnsupportedBodyException(
                    "The body is of type '" + parts[0].strip() + "'; send 'application/json'.");
        }
        for (String part : parts) {
            String parameter = part.strip().replace("\"", "");
            if (parameter.startsWith("charset=")
                    && !List.of("charset=utf-8", "charset=us-ascii").contains(parameter)) {
                throw new UnsupportedBodyException("The body's " + parameter + " is not understood; send UTF-8.");
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY, "The query has a broken escape in '" + text + "'.", e);
        }
    }
}
