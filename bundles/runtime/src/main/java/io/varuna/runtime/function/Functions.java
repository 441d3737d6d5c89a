package io.varuna.runtime.function;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.manage.FunctionDescription;
import io.varuna.api.manage.FunctionService;
import io.varuna.engine.function.FunctionTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Describes functions.
 *
 * @param table the functions that are there now
 */
public record Functions(FunctionTable table) implements FunctionService {
    @Override
    public List<FunctionDescription> list() {
        return table.names().stream()
                .map(table::function)
                .flatMap(Optional::stream)
                .map(Functions::describe)
                .toList();
    }

    private static FunctionDescription describe(FunctionDefinition function) {
        return new FunctionDescription(
                function.name(),
                function.aliases(),
                function.kind().name().toLowerCase(Locale.ROOT),
                function.signature(),
                function.doc(),
                function.examples());
    }
}
