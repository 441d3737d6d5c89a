package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges objects into one. */
final class MergeObjects implements AggregateFunction<MergeObjects.Merged> {
    static final class Merged implements State {
        private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
        private boolean any;

        private void add(Map<?, ?> object) {
            any = true;
            object.forEach((name, value) -> members.put(String.valueOf(name), value));
        }

        @Override
        public void save(StateWriter out) {
            out.putValue(any ? new LinkedHashMap<>(members) : null);
        }

        @Override
        public void load(StateReader in) {
            members.clear();
            any = false;
            if (in.getValue() instanceof Map<?, ?> saved) {
                add(saved);
            }
        }
    }

    @Override
    public Merged create() {
        return new Merged();
    }

    @Override
    public void add(Merged merged, Args args) {
        Map<?, ?> object = Arguments.object(args, 0, "merge_agg", "object");
        if (object != null) {
            merged.add(object);
        }
    }

    @Override
    public void merge(Merged merged, Merged other) {
        if (other.any) {
            merged.add(other.members);
        }
    }

    @Override
    public @Nullable Object result(Merged merged) {
        return merged.any ? new LinkedHashMap<>(merged.members) : null;
    }
}
