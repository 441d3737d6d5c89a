package io.varuna.plugin.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What all requests of a source or sink have in common. */
record RequestTemplate(String method, BodyType bodyType, Map<String, String> headers, Duration timeout) {
    /** Checks an address. */
    static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw InvalidProperty.of("url", "an http or https address; " + e.getMessage(), text);
        }
        throw InvalidProperty.of("url", "an http or https address", text);
    }

    HttpRequest build(URI address, String body) {
        return build(address, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), headers);
    }

    /** Builds a request with headers that may differ from one to the next. */
    HttpRequest build(URI address, ByteBuffer body, Map<String, String> itsHeaders) {
        boolean empty = method.equals("GET") || (bodyType == BodyType.NONE && !body.hasRemaining());
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .method(method, empty ? HttpRequest.BodyPublishers.noBody() : publisher(body));
        if (!empty && !bodyType.contentType().isEmpty()) {
            builder.setHeader("Content-Type", bodyType.contentType());
        }
        itsHeaders.forEach(builder::setHeader);
        return builder.build();
    }

    private static HttpRequest.BodyPublisher publisher(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return HttpRequest.BodyPublishers.ofByteArray(bytes);
    }
}
