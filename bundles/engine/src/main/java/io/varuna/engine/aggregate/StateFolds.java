package io.varuna.engine.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.engine.data.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Does what {@link SlidingValues.AccumulatorFolds} do, without an object for each row: a function that keeps what it knows of
 * groups in arrays keeps the fold of the newer part as group 0, and those of the older part as groups from 1 on.
 */
final class StateFolds extends SlidingValues {
    private static final int FIRST_ROOM = 8;

    private final Room room;
    private GroupedStates<State> states;
    private int capacity;

    /** Where the fold from the oldest row on is, as long as there is an older part. */
    private int first = 1;

    private int older;

    /** What all groups of a call use in turns. */
    static final class Room {
        private final GroupedAggregate<State> function;
        private final Accumulator.OfFunction.Arguments wrapping;
        private final GroupedStates<State> joined;
        private final int[] group = new int[1];
        private final long[] whole = new long[1];
        private final double[] fraction = new double[1];

        /** For each number the one before it, and 0 for 0. */
        private int[] before = new int[0];

        private int[] zeros = new int[0];

        Room(GroupedAggregate<State> function, Accumulator.OfFunction.Arguments wrapping) {
            this.function = function;
            this.wrapping = wrapping;
            this.joined = function.grouped();
            joined.reserve(1);
        }

        /** Tells whether the function is that very one: it may have been exchanged. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(GroupedAggregate<State> other) {
            return function == other;
        }

        private void reserve(int groups) {
            if (groups > zeros.length) {
                zeros = new int[groups];
                before = new int[groups];
                Arrays.setAll(before, i -> Math.max(0, i - 1));
            }
        }
    }

    StateFolds(Room room) {
        this.room = room;
        this.states = room.function.grouped();
        reserve(1);
    }

    private void reserve(int groups) {
        if (groups > capacity) {
            capacity = Math.max(groups, 2 * capacity);
            states.reserve(capacity);
        }
        room.reserve(capacity);
    }

    @Override
    void fold(@Nullable Object[] arguments) throws Exception {
        Object value = arguments[0];
        if (value instanceof Long number) {
            addLong(0, number, arguments);
        } else if (value instanceof Double number) {
            addDouble(0, number, arguments);
        } else {
            addPlainly(0, arguments);
        }
    }

    private void addLong(int group, long value, @Nullable Object @Nullable [] arguments) throws Exception {
        room.group[0] = group;
        room.whole[0] = value;
        if (states.addLongs(room.group, room.whole, 0, 1) == 0) {
            addPlainly(group, arguments == null ? new @Nullable Object[] {value} : arguments);
        }
    }

    private void addDouble(int group, double value, @Nullable Object @Nullable [] arguments) throws Exception {
        room.group[0] = group;
        room.fraction[0] = value;
        if (states.addDoubles(room.group, room.fraction, 0, 1) == 0) {
            addPlainly(group, arguments == null ? new @Nullable Object[] {value} : arguments);
        }
    }

    private void addPlainly(int group, @Nullable Object[] arguments) throws Exception {
        State state = states.get(group);
        room.function.add(state, room.wrapping.of(arguments));
        states.put(group, state);
    }

    private void add(int group, int row) throws Exception {
        switch (rows.tag(row)) {
            case ArgumentRing.LEFT_OUT -> {}
            case ColumnVector.LONG -> addLong(group, rows.longAt(row), null);
            case ColumnVector.DOUBLE -> addDouble(group, rows.doubleAt(row), null);
            default -> addPlainly(group, rows.get(row));
        }
    }

    /** Adds what is known of a group to another one, as rows that came later; {@code groups} has it at that place. */
    private static void merge(
            AggregateFunction<State> function,
            GroupedStates<State> into,
            int[] groups,
            GroupedStates<State> from,
            int later)
            throws Exception {
        if (into.merge(groups, from, later, later + 1) == later) {
            State state = into.get(groups[later]);
            function.merge(state, from.get(later));
            into.put(groups[later], state);
        }
    }

    @Override
    void unfoldNewest() throws Exception {
        states.put(0, room.function.create());
        for (int i = older; i < rows.size(); i++) {
            add(0, i);
        }
    }

    @Override
    void unfoldOldest() throws Exception {
        if (older == 0) {
            refold();
        }
        first++;
        older--;
    }

    @Override
    void refold() throws Exception {
        older = 0;
        clear(rows.size() + 1);
        for (int i = rows.size() - 1; i >= 0; i--) {
            add(i + 1, i);
            if (i + 1 < rows.size()) {
                merge(room.function, states, room.before, states, i + 2);
            }
        }
        first = 1;
        older = rows.size();
    }

    /** Forgets everything, and makes room for so many groups: not for far more, which would take as long each time. */
    private void clear(int groups) {
        if (capacity > FIRST_ROOM * groups) {
            states = room.function.grouped();
            capacity = 0;
        } else {
            states.clear();
        }
        reserve(groups);
    }

    @Override
    @Nullable
    Object folded() throws Exception {
        if (older == 0 || older == rows.size()) {
            return Accumulator.asResult(states.result(older == 0 ? 0 : first));
        }
        room.joined.clear();
        merge(room.function, room.joined, room.zeros, states, first);
        merge(room.function, room.joined, room.zeros, states, 0);
        return Accumulator.asResult(room.joined.result(0));
    }
}
