package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.TrialService;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trials in memory that put out one result when they are started, to one listener. */
final class MemoryTrials implements TrialService {
    private final Map<String, Trial> trials = new TreeMap<>();

    private static final class Trial {
        private @Nullable Consumer<String> listener;
        private Runnable ended = () -> {};
    }

    @Override
    public String create(String json) {
        String id = String.valueOf(Json.object(json, "The trial").get("id"));
        trials.put(id, new Trial());
        return id;
    }

    @Override
    public void start(String id) {
        Consumer<String> listener = find(id).listener;
        if (listener != null) {
            listener.accept("[{\"temperature\":21.5}]");
        }
    }

    @Override
    public void remove(String id) {
        find(id).ended.run();
        trials.remove(id);
    }

    @Override
    public AutoCloseable listen(String id, Consumer<String> listener, Runnable ended) {
        Trial trial = find(id);
        trial.listener = listener;
        trial.ended = ended;
        return () -> trial.listener = null;
    }

    private Trial find(String id) {
        Trial trial = trials.get(id);
        if (trial == null) {
            throw new VarunaException(StandardError.RULE_NOT_FOUND, "There is no trial '" + id + "'.");
        }
        return trial;
    }
}
