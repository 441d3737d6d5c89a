package io.varuna.api.function;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A set of SQL functions, registered as a service. */
@ConsumerType
public interface FunctionLibrary {
    /** Returns the functions. By default those made of the class's methods with {@link SqlFunction}. */
    default List<FunctionDefinition> functions() {
        return FunctionDefinition.ofMethods(getClass());
    }
}
