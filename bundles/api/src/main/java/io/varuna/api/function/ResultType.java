package io.varuna.api.function;

import io.varuna.api.data.DataType;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells the type of a call's result from its arguments. */
@ConsumerType
@FunctionalInterface
public interface ResultType {
    DataType of(List<Argument> arguments);
}
