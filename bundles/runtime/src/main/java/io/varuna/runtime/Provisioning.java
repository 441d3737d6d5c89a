package io.varuna.runtime;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.time.EngineTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty store from a file. The plugins whose functions its rules call may start after us, so what is refused is
 * tried again for a while.
 */
final class Provisioning {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final EngineTime time;
    private final Function<String, Map<String, String>> load;
    private final Instant deadline;

    /**
     * Prepares it.
     *
     * @param load creates what a document has, but not what is there already; returns what was refused and why
     */
    Provisioning(Path file, EngineTime time, Function<String, Map<String, String>> load) {
        this.file = file;
        this.time = time;
        this.load = load;
        this.deadline = time.clock().instant().plus(PATIENCE);
    }

    void start() {
        try {
            attempt(Files.readString(file));
        } catch (IOException e) {
            LOG.error("The file '{}' that the property 'varuna.init' names cannot be read: {}", file, e.toString());
        } catch (VarunaException e) {
            LOG.error("The file '{}' that the property 'varuna.init' names is refused: {}", file, e.getMessage());
        }
    }

    private void attempt(String document) {
        Map<String, String> refused = load.apply(document);
        Instant now = time.clock().instant();
        if (refused.isEmpty()) {
            LOG.info("The streams and rules of '{}' are there", file);
        } else if (now.isBefore(deadline)) {
            time.schedule(now.plus(PAUSE), () -> attempt(document));
        } else {
            refused.forEach((what, why) -> LOG.error("{} of '{}' is refused: {}", what, file, why));
        }
    }
}
