package io.varuna.api.function;

import io.varuna.api.state.State;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an aggregate function knows of many groups. Groups have numbers from 0 on; nothing is known of one until rows are
 * added to it. One thread at a time.
 *
 * <p>Numbers are added in bulk as far as that is simple. A method that adds in bulk does not throw: it returns the index of
 * the first number that it leaves to {@link AggregateFunction#add}, having added those before, or {@code to}.
 *
 * @param <A> what the function knows of one group
 */
@ConsumerType
public interface GroupedStates<A extends State> {
    /** Makes room for groups with numbers below {@code groups}. */
    void reserve(int groups);

    /** Adds {@code values[i]} to {@code groups[i]}, for each index from {@code from} to before {@code to} in order. */
    int addLongs(int[] groups, long[] values, int from, int to);

    /** Adds {@code values[i]} to {@code groups[i]}, for each index from {@code from} to before {@code to} in order. */
    int addDoubles(int[] groups, double[] values, int from, int to);

    /**
     * Adds what an object of the same function, which may be this one, knows of group {@code i} to {@code groups[i]}, as rows
     * that came later, for each number from {@code from} to before {@code to} in order. What is left is merged by {@link
     * AggregateFunction#merge}.
     */
    int merge(int[] groups, GroupedStates<A> later, int from, int to);

    /** Returns what is known of a group, as an object that nobody else has. */
    A get(int group);

    /** Replaces what is known of a group. */
    void put(int group, A state);

    /** Returns what {@link AggregateFunction#result} does. */
    @Nullable
    Object result(int group) throws Exception;

    /** Forgets all groups; the room is kept. */
    void clear();
}
