package io.varuna.plugin.functions.array;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions that make rows of arrays and columns of objects. */
@Component
public final class RowFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                FunctionDefinition.table("unnest", () -> RowFunctions::unnest)
                        .doc(
                                "Makes a row of each element of an array; objects become columns. There is no row for NULL.")
                        .parameter("array", DataType.array(DataType.ANY))
                        .example("unnest(array_create(5)) = 5")
                        .build(),
                FunctionDefinition.table("extract", () -> RowFunctions::extract)
                        .doc("Makes columns of the members of an object. There is no column for NULL.")
                        .parameter("object", DataType.struct(Schema.OPEN))
                        .example("extract(object_construct('a', 1)) IS NOT NULL")
                        .build());
    }

    private static void unnest(Args args, Consumer<@Nullable Object> out) {
        Object value = args.get(0);
        if (value instanceof List<?> list) {
            list.forEach(out);
        } else if (value != null) {
            throw Elements.misfit("unnest", "array", "an array", value);
        }
    }

    private static void extract(Args args, Consumer<@Nullable Object> out) {
        Object value = args.get(0);
        if (value == null) {
            out.accept(Map.of());
        } else if (value instanceof Map) {
            out.accept(value);
        } else {
            throw Elements.misfit("extract", "object", "an object", value);
        }
    }
}
