package io.varuna.testkit;

import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a state has saved, to be loaded into another. */
public final class SavedState {
    private final int version;
    private final List<@Nullable Object> parts = new ArrayList<>();

    private SavedState(int version) {
        this.version = version;
    }

    public static SavedState of(State state) {
        SavedState saved = new SavedState(state.version());
        state.save(saved.new Writer());
        return saved;
    }

    /** Returns a saved state with given parts, as an older version of a plugin may have left it. */
    public static SavedState of(int version, @Nullable Object... parts) {
        SavedState saved = new SavedState(version);
        for (Object part : parts) {
            saved.parts.add(part);
        }
        return saved;
    }

    /** Returns the {@link State#version()} of the state that was saved. */
    public int version() {
        return version;
    }

    /** Loads the parts into {@code state}, which must read all of them. */
    public void loadInto(State state) {
        Reader reader = new Reader();
        state.load(reader);
        if (reader.next != parts.size()) {
            throw new AssertionError(
                    "load() reads " + reader.next + " of the " + parts.size() + " parts that save() wrote");
        }
    }

    private final class Writer implements StateWriter {
        @Override
        public StateWriter putLong(long value) {
            parts.add(value);
            return this;
        }

        @Override
        public StateWriter putDouble(double value) {
            parts.add(value);
            return this;
        }

        @Override
        public StateWriter putValue(@Nullable Object value) {
            parts.add(value);
            return this;
        }
    }

    private final class Reader implements StateReader {
        private int next;

        @Override
        public int version() {
            return version;
        }

        @Override
        public long getLong() {
            return read(Long.class);
        }

        @Override
        public double getDouble() {
            return read(Double.class);
        }

        @Override
        public @Nullable Object getValue() {
            if (next == parts.size()) {
                throw new AssertionError("load() reads more than the " + next + " parts that save() wrote");
            }
            return parts.get(next++);
        }

        private <T> T read(Class<T> type) {
            Object value = getValue();
            if (!type.isInstance(value)) {
                throw new AssertionError(
                        "load() reads part " + next + " as a " + type.getSimpleName() + ", but it is '" + value + "'");
            }
            return type.cast(value);
        }
    }
}
