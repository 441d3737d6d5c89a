package io.varuna.plugin.functions.misc;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionContext;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions about NULL, names and time that fit nowhere else. */
@Component
public final class MiscellaneousFunctions implements FunctionLibrary {
    private static final String PROPERTIES = "KUIPER_PROPS_";

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(Stream.of(coalesce()), FunctionDefinition.ofMethods(MiscellaneousFunctions.class).stream())
                .toList();
    }

    private static FunctionDefinition coalesce() {
        return FunctionDefinition.scalar("coalesce", () -> MiscellaneousFunctions::coalesce)
                .doc("Returns the first argument that is not NULL.")
                .parameter("value", DataType.ANY)
                .variadic()
                .calledOnNull(true)
                .result(MiscellaneousFunctions::commonType)
                .example("coalesce(NULL, 5, 6) = 5", "coalesce(NULL) IS NULL")
                .build();
    }

    private static @Nullable Object coalesce(Args args) {
        for (int i = 0; i < args.size(); i++) {
            if (!args.isNull(i)) {
                return args.get(i);
            }
        }
        return null;
    }

    private static DataType commonType(List<Argument> arguments) {
        DataType type = arguments.get(0).type();
        return arguments.stream().allMatch(argument -> argument.type().equals(type)) ? type : DataType.ANY;
    }

    @SqlFunction(
            doc = "Tells whether a value is NULL, or the record does not have it.",
            examples = {"isnull(NULL)", "isnull(5) = FALSE"},
            calledOnNull = true)
    public static boolean isnull(@Nullable Object value) {
        return value == null;
    }

    @SqlFunction(doc = "Returns a new UUID.", examples = "length(newuuid()) = 36", deterministic = false)
    public static String newuuid() {
        return UUID.randomUUID().toString();
    }

    @SqlFunction(
            doc = "Returns the current time in milliseconds since 1970.",
            examples = "tstamp() >= 0",
            deterministic = false)
    public static long tstamp(FunctionContext context) {
        return context.clock().millis();
    }

    @SqlFunction(
            doc =
                    "Returns what is set for this installation: the environment variable KUIPER_PROPS_ with the name behind it; 'et' is the current time in milliseconds since 1970.",
            examples = "props('et') >= 0",
            deterministic = false)
    public static Object props(FunctionContext context, String name) {
        if (name.equals("et")) {
            return context.clock().millis();
        }
        // nothing else of the environment can be read by a rule
        String variable = PROPERTIES + name;
        String value = System.getenv(variable);
        if (value == null) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "There is no property '" + name + "'. Set the environment variable " + variable);
        }
        return value;
    }
}
