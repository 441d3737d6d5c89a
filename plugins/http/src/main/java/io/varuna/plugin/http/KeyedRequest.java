package io.varuna.plugin.http;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A request for the rows of a key: its address, headers and body may have values of the key. */
final class KeyedRequest {
    private static final Pattern ADDRESS = Pattern.compile("(https?://[^/?#{}]+)(/[^?#]*)?([?#].*)?", Pattern.DOTALL);

    private final RequestTemplate request;
    private final String server;
    private final List<KeyTemplate> segments;
    private final KeyTemplate query;
    private final Map<String, KeyTemplate> headers = new LinkedHashMap<>();
    private final KeyTemplate body;

    /** Creates the request; fails where it could not be one for any key. */
    KeyedRequest(RequestTemplate request, String address, String body, List<String> keyColumns) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw InvalidProperty.of("url", "an http or https address, with values in its path or query only", address);
        }
        this.request = request;
        this.server = parts.group(1);
        String path = parts.group(2) == null ? "" : parts.group(2);
        this.segments = Arrays.stream(path.split("/", -1))
                .map(segment -> KeyTemplate.of(segment, keyColumns))
                .toList();
        this.query = KeyTemplate.of(parts.group(3) == null ? "" : parts.group(3), keyColumns);
        request.headers().forEach((name, value) -> headers.put(name, KeyTemplate.of(value, keyColumns)));
        this.body = KeyTemplate.of(body, keyColumns);
        if (!this.body.isFixed()) {
            KeyEscapes.body(request.bodyType());
        }
        RequestTemplate.address(filledAddress(Collections.nCopies(keyColumns.size(), "x")));
    }

    /** Tells whether the server learns what a column of the key has to be. */
    boolean names(int column) {
        return Stream.of(segments.stream(), Stream.of(query, body), headers.values().stream())
                .flatMap(templates -> templates)
                .anyMatch(template -> template.names(column));
    }

    /** Tells whether each key has a path of its own, so that there may be nothing at it. */
    boolean hasPathByKey() {
        return segments.stream().anyMatch(segment -> !segment.isFixed());
    }

    HttpRequest build(List<Object> key) {
        Map<String, String> filled = new LinkedHashMap<>();
        headers.forEach((name, value) -> filled.put(name, value.fill(key, KeyEscapes::plain)));
        String content = body.isFixed() ? body.texts().get(0) : body.fill(key, KeyEscapes.body(request.bodyType()));
        try {
            return request.build(
                    RequestTemplate.address(filledAddress(key)),
                    ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)),
                    filled);
        } catch (IllegalArgumentException e) {
            throw refused("header", key, String.valueOf(e.getMessage()));
        }
    }

    private String filledAddress(List<Object> key) {
        StringJoiner path = new StringJoiner("/");
        for (KeyTemplate segment : segments) {
            String filled = segment.fill(key, KeyEscapes::address);
            if (!segment.isFixed() && (filled.isEmpty() || filled.equals(".") || filled.equals(".."))) {
                // to a server this is the address of something else
                throw refused("address", key, "'" + filled + "' cannot be a part of a path");
            }
            path.add(filled);
        }
        return server + path + query.fill(key, KeyEscapes::address);
    }

    private static VarunaException refused(String part, List<Object> key, String reason) {
        return new VarunaException(
                StandardError.EVALUATION_FAILED, "The key " + key + " makes no " + part + " to ask: " + reason);
    }
}
