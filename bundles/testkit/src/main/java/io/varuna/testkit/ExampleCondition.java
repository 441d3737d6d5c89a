package io.varuna.testkit;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An example of a function, as far as it is made of calls of one library, literals and a comparison. */
final class ExampleCondition {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(?<text>'(?:[^'\\\\]|''|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<word>[A-Za-z_]\\w*)|(?<symbol><>|!=|<=|>=|[=<>(),]))");

    private final Expression expression;
    private final Expression left;

    private ExampleCondition(Expression expression, Expression left) {
        this.expression = expression;
        this.left = left;
    }

    /** Returns the condition, or empty if it takes more SQL than this class knows. */
    static Optional<ExampleCondition> parse(String text, FunctionLibrary library) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.stripTrailing().length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (end < text.stripTrailing().length()) {
            return Optional.empty();
        }
        Parser parser = new Parser(tokens, library);
        Expression left = parser.operand();
        Expression condition = left == null ? null : parser.condition(left);
        return left == null || condition == null || !parser.atEnd()
                ? Optional.empty()
                : Optional.of(new ExampleCondition(condition, left));
    }

    boolean holds() throws Exception {
        return Boolean.TRUE.equals(expression.value());
    }

    /** Returns what is compared. */
    @Nullable
    Object left() throws Exception {
        return left.value();
    }

    @FunctionalInterface
    private interface Expression {
        @Nullable
        Object value() throws Exception;
    }

    private static final class Parser {
        private final List<String> tokens;
        private final FunctionLibrary library;
        private int next;

        Parser(List<String> tokens, FunctionLibrary library) {
            this.tokens = tokens;
            this.library = library;
        }

        boolean atEnd() {
            return next == tokens.size();
        }

        @Nullable
        Expression condition(Expression left) {
            if (atEnd()) {
                return left;
            }
            String operator = tokens.get(next++).toUpperCase(Locale.ROOT);
            if (operator.equals("IS")) {
                boolean negated = take("NOT");
                return take("NULL") ? () -> (left.value() == null) != negated : null;
            }
            Expression right = operand();
            if (right == null || !operator.matches("=|!=|<>|<|<=|>|>=")) {
                return null;
            }
            return () -> compare(left.value(), operator, right.value());
        }

        private @Nullable Expression operand() {
            if (atEnd()) {
                return null;
            }
            String token = tokens.get(next++);
            char first = token.charAt(0);
            if (first == '\'' || first == '"') {
                Object text = unquoted(token);
                return () -> text;
            }
            if (Character.isDigit(first) || first == '-') {
                Object number = token.matches("-?\\d+") ? (Object) Long.parseLong(token) : Double.valueOf(token);
                return () -> number;
            }
            return switch (token.toUpperCase(Locale.ROOT)) {
                case "TRUE" -> () -> true;
                case "FALSE" -> () -> false;
                case "NULL" -> () -> null;
                default -> call(token);
            };
        }

        private @Nullable Expression call(String name) {
            if (!take("(")) {
                return null;
            }
            List<Expression> arguments = new ArrayList<>();
            while (!take(")")) {
                Expression argument = operand();
                if (argument == null
                        || (!take(",") && (atEnd() || !tokens.get(next).equals(")")))) {
                    return null;
                }
                arguments.add(argument);
            }
            for (FunctionDefinition function : library.functions()) {
                boolean named = function.name().equalsIgnoreCase(name)
                        || function.aliases().stream().anyMatch(name::equalsIgnoreCase);
                if (named && function.kind() == FunctionKind.SCALAR) {
                    return call(function, arguments);
                }
            }
            return null;
        }

        private static Expression call(FunctionDefinition function, List<Expression> arguments) {
            ScalarFunction scalar = (ScalarFunction) function.create();
            return () -> {
                @Nullable Object[] values = new @Nullable Object[arguments.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = arguments.get(i).value();
                    if (values[i] == null && !function.calledOnNull()) {
                        return null;
                    }
                }
                return scalar.apply(TestArgs.of(values));
            };
        }

        private boolean take(String word) {
            if (atEnd() || !tokens.get(next).equalsIgnoreCase(word)) {
                return false;
            }
            next++;
            return true;
        }
    }

    private static String unquoted(String token) {
        String body = token.substring(1, token.length() - 1);
        return (token.charAt(0) == '\'' ? body.replace("''", "'") : body).translateEscapes();
    }

    @SuppressWarnings("unchecked") // values of one SQL type compare with each other
    private static @Nullable Object compare(@Nullable Object left, String operator, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (operator.equals("=") || operator.equals("!=") || operator.equals("<>")) {
            return equal(left, right) == operator.equals("=");
        }
        int order = left instanceof Number one && right instanceof Number other
                ? Double.compare(one.doubleValue(), other.doubleValue())
                : ((Comparable<Object>) left).compareTo(right);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean equal(Object left, Object right) {
        if (left instanceof Long && right instanceof Long) {
            return left.equals(right);
        }
        if (left instanceof Number one && right instanceof Number other) {
            return Double.compare(one.doubleValue() + 0.0, other.doubleValue() + 0.0) == 0;
        }
        return Objects.equals(left, right);
    }
}
