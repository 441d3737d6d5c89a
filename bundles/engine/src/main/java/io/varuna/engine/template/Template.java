package io.varuna.engine.template;

import io.varuna.api.data.Conversions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders such as {@code {{.id}}}: members, pipelines, calls of a few functions, {@code if}, {@code with}
 * and {@code range}. Immutable.
 */
public final class Template {
    private static final int MOST_CACHED = 1_000;
    private static final Map<String, Template> CACHE = new ConcurrentHashMap<>();

    private final String text;
    private final @Nullable Node root;

    private Template(String text, @Nullable Node root) {
        this.text = text;
        this.root = root;
    }

    /** Returns the template; throws INVALID_PROPERTY if it cannot be understood. */
    public static Template of(String text) {
        Template known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        Template template = new Template(text, text.contains("{{") ? new TemplateParser(text).parse() : null);
        if (CACHE.size() >= MOST_CACHED) {
            // those that are in use come back; templates of rules that are gone do not
            CACHE.clear();
        }
        CACHE.put(text, template);
        return template;
    }

    /** Fills in the placeholders from {@code data}, which stands for the dot. */
    public String fill(@Nullable Object data) {
        if (root == null) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        root.write(data, data, out);
        return out.toString();
    }

    /** A part of a template. */
    @FunctionalInterface
    interface Node {
        void write(@Nullable Object root, @Nullable Object dot, StringBuilder out);
    }

    /** A value within a template. */
    @FunctionalInterface
    interface Value {
        @Nullable
        Object of(@Nullable Object root, @Nullable Object dot);
    }

    static String print(@Nullable Object value) {
        return value == null ? "<no value>" : Conversions.toText(value);
    }
}
