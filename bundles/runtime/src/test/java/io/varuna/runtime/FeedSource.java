package io.varuna.runtime;

import io.varuna.api.source.Position;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source whose records come from the test. */
final class FeedSource implements SourceFactory<FeedSource.Config> {
    private final List<Open> open = new ArrayList<>();

    @interface Config {
        String topic() default "";
    }

    private @Nullable RuntimeException failure;
    private List<Position> restored = List.of();
    private long counted;

    @Override
    public PushSource open(Config config, SourceContext context) {
        if (failure != null) {
            throw failure;
        }
        restored = context.restored();
        return new Open();
    }

    /** Returns where the last one that was opened shall read on. */
    List<Position> restored() {
        return restored;
    }

    /** Counts the records from now on, as a source does that can read on from where it was. */
    void count() {
        counted = 1;
    }

    /** Makes opening fail for good, or, with null, work again. */
    void failWith(@Nullable RuntimeException cause) {
        failure = cause;
    }

    int opened() {
        return open.size();
    }

    /** Feeds a record, given as name, value, name, value ..., to all who listen. */
    void feed(Object... members) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            row.put(String.valueOf(members[i]), members[i + 1]);
        }
        List.copyOf(open).forEach(source -> source.emit(row));
    }

    void end() {
        List.copyOf(open).forEach(Open::end);
    }

    private final class Open implements PushSource {
        private @Nullable SourceOutput output;

        @Override
        public void start(SourceOutput out) {
            output = out;
            open.add(this);
        }

        void emit(Map<String, @Nullable Object> row) {
            SourceOutput out = output;
            if (out != null) {
                try {
                    out.emit(row, Map.of(), counted == 0 ? null : new Position("feed", Long.toString(counted++)));
                    out.flush();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        void end() {
            SourceOutput out = output;
            if (out != null) {
                try {
                    out.end();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }
}
