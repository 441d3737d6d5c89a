package io.varuna.api.function;

import io.varuna.api.state.State;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An aggregate function that takes a number without an object for it. The engine prefers these methods where the only
 * argument is one; they do what {@link AggregateFunction#add} does for a {@code Long} or a {@code Double}.
 *
 * @param <A> what is known about the rows so far
 */
@ConsumerType
public interface NumberAggregate<A extends State> extends AggregateFunction<A> {
    void addLong(A accumulator, long value) throws Exception;

    void addDouble(A accumulator, double value) throws Exception;
}
