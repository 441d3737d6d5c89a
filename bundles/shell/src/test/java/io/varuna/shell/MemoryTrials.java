package io.varuna.shell;

import io.varuna.api.manage.TrialService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One trial, which puts out itself when it is started, and ends then. */
final class MemoryTrials implements TrialService {
    private @Nullable String trial;
    private @Nullable Consumer<String> listener;
    private Runnable ended = () -> {};

    @Override
    public String create(String json) {
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
