package io.varuna.plugin.http;

import io.varuna.api.data.Conversions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** How values of a key are written in the parts of a request. */
final class KeyEscapes {
    private KeyEscapes() {}

    /** Writes for the path and the query of an address. */
    static String address(Object value, boolean quoted) {
        return URLEncoder.encode(Conversions.toText(value), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    /** Writes for a header: as it is, since the client refuses what is none. */
    static String plain(Object value, boolean quoted) {
        return Conversions.toText(value);
    }

    static KeyTemplate.Escape body(BodyType type) {
        return switch (type) {
            case JSON -> KeyEscapes::json;
            case FORM -> (value, quoted) -> URLEncoder.encode(Conversions.toText(value), StandardCharsets.UTF_8);
            case HTML, XML -> KeyEscapes::markup;
            case TEXT -> KeyEscapes::plain;
            case NONE, JAVASCRIPT, BINARY -> throw InvalidProperty.of(
                    "bodyType",
                    "json, form, xml, html or text for a body with values, which says how to write them",
                    type.label());
        };
    }

    private static String json(Object value, boolean quoted) {
        String text = Conversions.toText(value);
        if (quoted) {
            return jsonText(text);
        }
        boolean asItIs =
                value instanceof Number || value instanceof Boolean || value instanceof List || value instanceof Map;
        return asItIs ? text : '"' + jsonText(text) + '"';
    }

    private static String jsonText(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String markup(Object value, boolean quoted) {
        return Conversions.toText(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
