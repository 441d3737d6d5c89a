package io.varuna.plugin.functions.string;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions of regular expressions, in RE2's syntax: matching takes linear time, whatever the pattern. */
@Component
public final class RegularExpressions implements FunctionLibrary {
    /** Patterns are constants of rules, as a rule; those made of data must not fill the memory. */
    private static final int MOST_PATTERNS = 1_000;

    private static final ConcurrentHashMap<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                function("regexp_matches", RegularExpressions::matches)
                        .doc("Tells whether a regular expression matches somewhere in a text; FALSE if one is NULL.")
                        .calledOnNull(true)
                        .result(DataType.BOOLEAN)
                        .example("regexp_matches('sensor12', '[0-9]+')", "regexp_matches(NULL, 'a') = FALSE")
                        .build(),
                function("regexp_replace", RegularExpressions::replace)
                        .doc("Replaces each match of a regular expression; $1 stands for the first group.")
                        .parameter("replacement", DataType.VARCHAR)
                        .result(DataType.VARCHAR)
                        .example("regexp_replace('a1b22', '([0-9]+)', '<$1>') = 'a<1>b<22>'")
                        .build(),
                function("regexp_substr", RegularExpressions::substring)
                        .doc("Returns the first match of a regular expression, or an empty text.")
                        .result(DataType.VARCHAR)
                        .example("regexp_substr('a1b22', '[0-9]+') = '1'", "regexp_substr('a', '[0-9]') = ''")
                        .build());
    }

    private static FunctionDefinition.Builder function(String name, ScalarFunction implementation) {
        return FunctionDefinition.scalar(name, () -> implementation)
                .parameter("text", DataType.ANY)
                .parameter("pattern", DataType.VARCHAR)
                .check(arguments -> patternProblem(name, arguments));
    }

    private static @Nullable String patternProblem(String function, List<Argument> arguments) {
        if (!(arguments.get(1).value() instanceof String pattern)) {
            return null;
        }
        try {
            pattern(pattern);
            return null;
        } catch (VarunaException e) {
            return "Argument 2 of '" + function + "': " + e.getMessage();
        }
    }

    private static Object matches(Args args) {
        return !args.isNull(0) && !args.isNull(1) && matcher(args).find();
    }

    private static Object replace(Args args) {
        String replacement = Texts.of(args.get(2));
        try {
            return matcher(args).replaceAll(replacement);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "Replacement '" + replacement + "' names a group that pattern '" + args.get(1) + "' does not have",
                    e);
        }
    }

    private static Object substring(Args args) {
        Matcher matcher = matcher(args);
        return matcher.find() ? matcher.group() : "";
    }

    private static Matcher matcher(Args args) {
        return pattern(Texts.of(args.get(1))).matcher(Texts.of(args.get(0)));
    }

    private static Pattern pattern(String text) {
        Pattern known = PATTERNS.get(text);
        if (known != null) {
            return known;
        }
        if (PATTERNS.size() >= MOST_PATTERNS) {
            PATTERNS.clear();
        }
        try {
            return PATTERNS.computeIfAbsent(text, Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "'" + text + "' is not a regular expression: " + e.getDescription(),
                    e);
        }
    }
}
