package io.varuna.runtime;

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

    @Override
    public PushSource open(Config config, SourceContext context) {
        if (failure != null) {
            throw failure;
        }
        return new Open();
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
                    out.emit(row, Map.of(), null);
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
