package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.Values;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;

/** Numbers in the order in which they came. */
class NumberList implements State {
    private final ArrayDeque<Number> numbers = new ArrayDeque<>();

    final void add(Number number) {
        numbers.addLast(number);
    }

    final void removeOldest() {
        numbers.removeFirst();
    }

    final void addAll(NumberList other) {
        numbers.addAll(other.numbers);
    }

    final boolean isEmpty() {
        return numbers.isEmpty();
    }

    final Number[] sorted() {
        Number[] sorted = numbers.toArray(Number[]::new);
        Arrays.sort(sorted, Values::compare);
        return sorted;
    }

    @Override
    public void save(StateWriter out) {
        out.putLong(numbers.size());
        numbers.forEach(out::putValue);
    }

    @Override
    public void load(StateReader in) {
        numbers.clear();
        for (long left = in.getLong(); left > 0; left--) {
            numbers.addLast((Number) Objects.requireNonNull(in.getValue()));
        }
    }
}
