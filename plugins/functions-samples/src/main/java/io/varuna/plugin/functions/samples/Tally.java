package io.varuna.plugin.functions.samples;

import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;

/** How many there were so far. */
final class Tally implements State {
    private long count;

    long count() {
        return count;
    }

    void add(long more) {
        count += more;
    }

    @Override
    public void save(StateWriter out) {
        out.putLong(count);
    }

    @Override
    public void load(StateReader in) {
        count = in.getLong();
    }
}
