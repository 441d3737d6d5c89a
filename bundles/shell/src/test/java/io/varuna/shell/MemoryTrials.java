package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.TrialService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One trial, 't1', which puts out itself when it is started, and ends then. */
final class MemoryTrials implements TrialService {
    private @Nullable String trial;
    private @Nullable Consumer<String> listener;
    private Runnable ended = () -> {};

    @Override
    public String create(String json) {
        if (!json.contains("\"id\": \"t1\"")) {
            throw new VarunaException(StandardError.INVALID_RULE, "The trial needs 'id', a text.");
        }
        trial = json;
        return "t1";
    }

    @Override
    public void start(String id) {
        if (trial != null && listener != null) {
            listener.accept("[" + trial + "]");
            listener.accept("[]");
            ended.run();
        }
    }

    @Override
    public void remove(String id) {
        trial = null;
    }

    @Override
    public AutoCloseable listen(String id, Consumer<String> results, Runnable whenEnded) {
        listener = results;
        ended = whenEnded;
        return () -> listener = null;
    }

    /** Tells whether nothing of a trial is left. */
    boolean isGone() {
        return trial == null && listener == null;
    }
}
