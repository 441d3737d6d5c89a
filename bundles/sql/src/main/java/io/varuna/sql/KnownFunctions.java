package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Catalog;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Finds functions by name, and says what to do where there is none. */
final class KnownFunctions {
    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;

    KnownFunctions(Catalog catalog, StatementText text, Calls calls) {
        this.catalog = catalog;
        this.text = text;
        this.calls = calls;
    }

    Optional<FunctionDefinition> find(SqlCall call) {
        return catalog.function(call.getOperator().getName());
    }

    /** Returns the function that is called, or fails. */
    FunctionDefinition called(SqlCall call) {
        return find(call).orElseThrow(() -> notFound(call));
    }

    /** Returns the function of the name that is written at some place, or fails. */
    FunctionDefinition named(String name, SqlNode place) {
        return catalog.function(name).orElseThrow(() -> notFound(name, place));
    }

    private RuntimeException notFound(SqlCall call) {
        String name = call.getOperator().getName();
        if (WindowReader.isWindow(name)) {
            return text.error(
                    StandardError.INVALID_WINDOW, "The window '" + name + "' belongs into GROUP BY, not here", call);
        }
        if (call.getKind() != SqlKind.OTHER_FUNCTION && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return calls.unsupported("The operator '" + name + "' is not supported", call);
        }
        return notFound(name, call);
    }

    private RuntimeException notFound(String name, SqlNode place) {
        String instead = catalog.remedy(name)
                .map(remedy -> ". " + remedy)
                .orElseGet(() -> StatementText.suggest(name, catalog.functionNames(), "The functions are"));
        return text.error(StandardError.FUNCTION_NOT_FOUND, "There is no function '" + name + "'" + instead, place);
    }
}
