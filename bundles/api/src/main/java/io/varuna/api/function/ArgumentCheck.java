package io.varuna.api.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Checks the arguments of a call when the statement is compiled, beyond their number and types. */
@ConsumerType
@FunctionalInterface
public interface ArgumentCheck {
    /** Returns what is wrong, naming the argument and what it takes, or null. */
    @Nullable
    String problem(List<Argument> arguments);
}
