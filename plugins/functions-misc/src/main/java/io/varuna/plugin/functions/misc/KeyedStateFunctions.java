package io.varuna.plugin.functions.misc;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.manage.KeyedStateService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads what all rules share. */
@Component
public final class KeyedStateFunctions implements FunctionLibrary {
    private static final Map<String, DataType> TYPES = Map.of(
            "bigint", DataType.BIGINT,
            "float", DataType.DOUBLE,
            "string", DataType.VARCHAR,
            "boolean", DataType.BOOLEAN,
            "datetime", DataType.TIMESTAMP);

    private static final String TYPE_NAMES = "'bigint', 'float', 'string', 'boolean' or 'datetime'";

    private final KeyedStateService state;

    @Activate
    public KeyedStateFunctions(@Reference KeyedStateService state) {
        this.state = state;
    }

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(FunctionDefinition.scalar("get_keyed_state", () -> this::get)
                .doc("Returns the value that the keyed state has for a key, as the type that is named: " + TYPE_NAMES
                        + "; the last argument where there is none. All rules share the keyed state; the sink keyedstate,"
                        + " REST and the shell set it.")
                .parameter("key", DataType.VARCHAR)
                .parameter("type", DataType.VARCHAR)
                .parameter("default", DataType.ANY)
                .result(KeyedStateFunctions::type)
                .check(KeyedStateFunctions::problem)
                .notDeterministic()
                .example("get_keyed_state('no such key', 'bigint', 5) = 5")
                .build());
    }

    /** Returns the common type of the value and of what is given instead. */
    private static DataType type(List<Argument> arguments) {
        DataType type = TYPES.get(String.valueOf(arguments.get(1).value()));
        return type != null && type.equals(arguments.get(2).type()) ? type : DataType.ANY;
    }

    private static @Nullable String problem(List<Argument> arguments) {
        Argument type = arguments.get(1);
        return type.literal() && type.value() != null && !TYPES.containsKey(String.valueOf(type.value()))
                ? "Argument 2 of 'get_keyed_state' ('type') takes " + TYPE_NAMES + ", not '" + type.value() + "'"
                : null;
    }

    private @Nullable Object get(Args args) {
        String key = Conversions.toText(Objects.requireNonNull(args.get(0)));
        String name = Conversions.toText(Objects.requireNonNull(args.get(1)));
        DataType type = TYPES.get(name);
        if (type == null) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "Argument 'type' of 'get_keyed_state' takes " + TYPE_NAMES + ", not '" + name + "'");
        }
        Optional<Object> value = state.get(key);
        return value.isPresent()
                ? Conversions.cast(
                        value.get(),
                        type.kind(),
                        args.context().clock().withZone(args.context().zone()))
                : args.get(2);
    }
}
