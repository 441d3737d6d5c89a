package io.varuna.api.manage;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rules that are tried: streams can have records of the caller's, results go to whoever listens, and nothing is stored. A
 * trial ends after some minutes, and at the latest with the container. Thread-safe; failures are {@code VarunaException}s.
 */
@ProviderType
public interface TrialService {
    /**
     * Prepares a trial, in place of one with the same id.
     *
     * @param json {@code id} and {@code sql}; {@code mockSource} with {@code data}, {@code interval} and {@code loop} by the
     *     name of a stream, {@code sinkProps} as actions have them, and {@code options} of rules
     * @return the id
     */
    String create(String json);

    /** Begins a trial; does nothing if it has begun. */
    void start(String id);

    /** Ends and forgets a trial. */
    void remove(String id);

    /**
     * Shows the results of a trial from now on.
     *
     * @param listener gets every message and every error, as JSON unless the trial says otherwise; must not block
     * @param ended called once when the trial is removed or its time is over
     * @return ends it when closed
     */
    AutoCloseable listen(String id, Consumer<String> listener, Runnable ended);
}
