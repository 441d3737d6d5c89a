package io.varuna.engine.template;

import io.varuna.engine.template.Template.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands between two braces: commands, each of which gets the value of the one before it. */
final class PipelineParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(`[^`]*`)|"
                    + "(-?[0-9]+(?:\\.[0-9]+)?)|(\\$?(?:\\.[A-Za-z_][A-Za-z0-9_]*)+|\\$|\\.)|([A-Za-z_][A-Za-z0-9_]*)|([()|]))");

    private final String content;
    private final Function<String, RuntimeException> problem;
    private final Matcher tokens;
    private int at;
    private int depth;

    PipelineParser(String content, Function<String, RuntimeException> problem) {
        this.content = content;
        this.problem = problem;
        this.tokens = TOKEN.matcher(content);
    }

    Value parse() {
        Value value = pipeline();
        if (!content.substring(at).isBlank()) {
            throw problem.apply("'" + content.substring(at).strip() + "' is not understood");
        }
        return value;
    }

    private boolean next() {
        return tokens.region(at, content.length()).lookingAt();
    }

    private Value pipeline() {
        if (++depth > 50) {
            throw problem.apply("it is nested too deeply");
        }
        Value value = command(null);
        while (next() && "|".equals(tokens.group(6))) {
            at = tokens.end();
            value = command(value);
        }
        depth--;
        return value;
    }

    private Value command(@Nullable Value piped) {
        String function = null;
        if (next() && tokens.group(5) != null && !isWord(tokens.group(5))) {
            function = tokens.group(5);
            at = tokens.end();
        }
        List<Value> operands = new ArrayList<>();
        for (Value operand = operand(); operand != null; operand = operand()) {
            operands.add(operand);
        }
        if (piped != null) {
            operands.add(piped);
        }
        if (function != null) {
            return TemplateFunctions.call(function, List.copyOf(operands), problem);
        }
        if (operands.size() != 1) {
            throw problem.apply("'" + content + "' is not understood. Write {{.name}} or {{function .name}}");
        }
        return operands.get(0);
    }

    private static boolean isWord(String name) {
        return name.equals("true") || name.equals("false") || name.equals("nil");
    }

    private @Nullable Value operand() {
        if (!next()) {
            return null;
        }
        if (tokens.group(6) != null) {
            return tokens.group(6).equals("(") ? group() : null;
        }
        at = tokens.end();
        if (tokens.group(1) != null) {
            String literal = tokens.group(1);
            return constant(unescape(literal.substring(1, literal.length() - 1)));
        }
        if (tokens.group(2) != null) {
            String literal = tokens.group(2);
            return constant(literal.substring(1, literal.length() - 1));
        }
        if (tokens.group(3) != null) {
            return constant(number(tokens.group(3)));
        }
        if (tokens.group(4) != null) {
            return path(tokens.group(4));
        }
        String word = tokens.group(5);
        if (isWord(word)) {
            return constant(word.equals("nil") ? null : (Boolean) word.equals("true"));
        }
        return TemplateFunctions.call(word, List.of(), problem);
    }

    private Value group() {
        at = tokens.end();
        Value value = pipeline();
        if (!next() || !")".equals(tokens.group(6))) {
            throw problem.apply("'(' is not closed in '" + content + "'");
        }
        at = tokens.end();
        // a path may follow at once, as in (index . 0).name
        if (at < content.length() && content.charAt(at) == '.' && next() && tokens.group(4) != null) {
            at = tokens.end();
            List<String> members = members(tokens.group(4));
            return (root, dot) -> walk(value.of(root, dot), members);
        }
        return value;
    }

    private static Value constant(@Nullable Object value) {
        return (root, dot) -> value;
    }

    private static Number number(String text) {
        return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text);
    }

    private static String unescape(String text) {
        return text.replace("\\\"", "\"")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\\", "\\");
    }

    private static Value path(String path) {
        List<String> members = members(path);
        return path.startsWith("$") ? (root, dot) -> walk(root, members) : (root, dot) -> walk(dot, members);
    }

    private static List<String> members(String path) {
        return List.of(path.replaceFirst("^\\$", "").split("\\.", -1)).stream()
                .filter(member -> !member.isEmpty())
                .toList();
    }

    private static @Nullable Object walk(@Nullable Object from, List<String> members) {
        Object value = from;
        for (String member : members) {
            value = value instanceof Map<?, ?> map ? map.get(member) : null;
        }
        return value;
    }
}
