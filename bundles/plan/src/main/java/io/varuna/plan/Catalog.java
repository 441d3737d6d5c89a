package io.varuna.plan;

import io.varuna.api.function.FunctionDefinition;
import java.util.Collection;
import java.util.Optional;

/** What the names in a statement can stand for. May change between two statements. */
public interface Catalog {
    /** Returns the stream or table with exactly this name. */
    Optional<StreamDefinition> stream(String name);

    /** Returns the names of all streams and tables. */
    Collection<String> streamNames();

    /** Returns the function with this name or alias, in lower or upper case. */
    Optional<FunctionDefinition> function(String name);

    /** Returns the names of all functions, without aliases. */
    Collection<String> functionNames();

    /** Returns a sentence on how to get a function that is not there; empty if nobody knows. */
    default Optional<String> remedy(String function) {
        return Optional.empty();
    }
}
