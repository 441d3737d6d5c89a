package io.varuna.engine.template;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.template.Template.Node;
import io.varuna.engine.template.Template.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a template from left to right. */
final class TemplateParser {
    private final String text;
    private int at;
    private boolean trimNext;

    TemplateParser(String text) {
        this.text = text;
    }

    Node parse() {
        Node node = sequence();
        if (at < text.length()) {
            throw problem("'end' or 'else' without a beginning");
        }
        return node;
    }

    /** Reads up to the end of the text, or to an action that ends or continues a block, which is left to the caller. */
    private Node sequence() {
        List<Node> nodes = new ArrayList<>();
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            literal(text.substring(at, open < 0 ? text.length() : open), open, nodes);
            if (open < 0) {
                at = text.length();
                break;
            }
            at = open;
            String keyword = keyword(action());
            if (keyword.equals("end") || keyword.equals("else")) {
                break;
            }
            nodes.add(action(keyword, next()));
        }
        List<Node> all = List.copyOf(nodes);
        return (root, dot, out) -> all.forEach(node -> node.write(root, dot, out));
    }

    private void literal(String literal, int open, List<Node> nodes) {
        String kept = trimNext ? literal.stripLeading() : literal;
        trimNext = false;
        boolean trim = open >= 0 && text.startsWith("{{-", open);
        String content = trim ? kept.stripTrailing() : kept;
        if (!content.isEmpty()) {
            nodes.add((root, dot, out) -> out.append(content));
        }
    }

    /** Returns the content of the action here, without moving. */
    private String action() {
        int close = text.indexOf("}}", at);
        if (close < 0) {
            throw problem("'{{' is not closed");
        }
        String content = text.substring(at + 2, close);
        content = content.startsWith("-") ? content.substring(1) : content;
        return (content.endsWith("-") ? content.substring(0, content.length() - 1) : content).strip();
    }

    /** Returns the content of the action here, and moves behind it. */
    private String next() {
        String content = action();
        int close = text.indexOf("}}", at);
        trimNext = text.charAt(close - 1) == '-';
        at = close + 2;
        return content;
    }

    private static String keyword(String action) {
        int blank = action.indexOf(' ');
        return blank < 0 ? action : action.substring(0, blank);
    }

    private Node action(String keyword, String content) {
        String rest = content.substring(keyword.length()).strip();
        return switch (keyword) {
            case "if" -> condition(value(rest), false);
            case "with" -> condition(value(rest), true);
            case "range" -> range(value(rest));
            case "define", "template", "block", "break", "continue" -> throw problem(
                    "'" + keyword + "' is not supported. There are: if, else, with, range, end");
            default -> print(content);
        };
    }

    private Node print(String content) {
        if (content.startsWith("/*")) {
            return (root, dot, out) -> {};
        }
        Value value = value(content);
        return (root, dot, out) -> out.append(Template.print(value.of(root, dot)));
    }

    private Value value(String content) {
        return new PipelineParser(content, this::problem).parse();
    }

    private Node condition(Value condition, boolean moves) {
        Node then = sequence();
        Node otherwise = otherwise();
        return (root, dot, out) -> {
            Object value = condition.of(root, dot);
            if (TemplateFunctions.isTrue(value)) {
                then.write(root, moves ? value : dot, out);
            } else if (otherwise != null) {
                otherwise.write(root, dot, out);
            }
        };
    }

    private Node range(Value list) {
        Node body = sequence();
        Node otherwise = otherwise();
        return (root, dot, out) -> {
            Collection<?> elements = elements(list.of(root, dot));
            if (elements.isEmpty() && otherwise != null) {
                otherwise.write(root, dot, out);
            }
            elements.forEach(element -> body.write(root, element, out));
        };
    }

    private static Collection<?> elements(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values();
        }
        return value instanceof Collection<?> collection ? collection : List.of();
    }

    /** Reads an optional else branch and the end of a block. */
    private @Nullable Node otherwise() {
        if (at >= text.length()) {
            throw problem("a block is not closed by 'end'");
        }
        String content = next();
        if (content.equals("end")) {
            return null;
        }
        String rest = content.substring("else".length()).strip();
        if (rest.startsWith("if ")) {
            return condition(value(rest.substring(3)), false);
        }
        Node node = sequence();
        if (at >= text.length() || !next().equals("end")) {
            throw problem("a block is not closed by 'end'");
        }
        return node;
    }

    private VarunaException problem(String what) {
        return new VarunaException(StandardError.INVALID_PROPERTY, "Template '" + text + "': " + what);
    }
}
