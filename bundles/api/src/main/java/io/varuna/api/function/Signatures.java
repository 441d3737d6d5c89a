package io.varuna.api.function;

import io.varuna.api.data.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares calls with the parameters of their function, and prints the latter. */
final class Signatures {
    private Signatures() {}

    static String text(FunctionDefinition function) {
        StringBuilder text = new StringBuilder(function.name()).append('(');
        int open = 0;
        List<Parameter> parameters = function.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.optional()) {
                text.append(i == 0 ? "[" : " [");
                open++;
            }
            text.append(i == 0 ? "" : ", ").append(parameter.name()).append(' ').append(typeName(parameter));
            if (function.variadic() && i == parameters.size() - 1) {
                text.append(", ...");
            }
        }
        return text.append("]".repeat(open)).append(')').toString();
    }

    static @Nullable String problem(FunctionDefinition function, List<Argument> arguments) {
        List<Parameter> parameters = function.parameters();
        int required = (int) parameters.stream().filter(p -> !p.optional()).count();
        int given = arguments.size();
        if (given < required || (given > parameters.size() && !function.variadic())) {
            return "Function '" + function.name() + "' takes " + count(function, required) + ", not " + given + ": "
                    + text(function);
        }
        for (int i = 0; i < given; i++) {
            Parameter parameter = parameters.get(Math.min(i, parameters.size() - 1));
            Argument argument = arguments.get(i);
            if (!accepts(parameter, argument)) {
                return "Argument " + (i + 1) + " of '" + function.name() + "' ('" + parameter.name() + "') takes "
                        + typeName(parameter) + ", but '" + argument.text() + "' is " + argument.type();
            }
        }
        return null;
    }

    private static boolean accepts(Parameter parameter, Argument argument) {
        DataType.Kind given = argument.type().kind();
        if (given == DataType.Kind.ANY || (argument.literal() && argument.value() == null)) {
            return true;
        }
        if (parameter.number()) {
            return argument.type().isNumeric();
        }
        return switch (parameter.type().kind()) {
            case ANY -> true;
            case DOUBLE -> argument.type().isNumeric();
                // a column of whole-valued doubles is accepted, and checked when a value is there
            case BIGINT -> given == DataType.Kind.BIGINT || (given == DataType.Kind.DOUBLE && !argument.literal());
            case BOOLEAN, VARCHAR, VARBINARY, TIMESTAMP, ARRAY, STRUCT -> given
                    == parameter.type().kind();
        };
    }

    private static String typeName(Parameter parameter) {
        return parameter.number()
                ? "NUMBER"
                : parameter.type().kind().ruleName().toUpperCase(java.util.Locale.ROOT);
    }

    private static String count(FunctionDefinition function, int required) {
        int most = function.parameters().size();
        if (function.variadic()) {
            return "at least " + arguments(required);
        }
        return required == most ? arguments(most) : required + " to " + arguments(most);
    }

    private static String arguments(int count) {
        return count == 1 ? "1 argument" : count + " arguments";
    }
}
