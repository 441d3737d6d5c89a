package io.varuna.api.function;

import io.varuna.api.state.State;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An aggregate function that can keep what it knows of many groups in arrays, without an object for each. The engine prefers
 * that where the only argument is a number.
 *
 * @param <A> what is known about the rows so far
 */
@ConsumerType
public interface GroupedAggregate<A extends State> extends NumberAggregate<A> {
    /** Makes room for what is known of groups; there are none yet. */
    GroupedStates<A> grouped();
}
