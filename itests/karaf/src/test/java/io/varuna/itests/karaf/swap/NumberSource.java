package io.varuna.itests.karaf.swap;

import io.varuna.api.source.Position;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Emits all numbers from the first on, or from where it is told to go on. */
public final class NumberSource implements SourceFactory<NumberSource.Config> {
    private static final int BURST = 50;
    private static final long PAUSE_NANOS = 5_000_000;

    /** What it takes. */
    public @interface Config {
        /** The first number. */
        long first() default 0;
    }

    @Override
    public Source open(Config config, SourceContext context) {
        long first = context.restored().stream()
                .mapToLong(position -> Long.parseLong(position.offset()))
                .max()
                .orElse(config.first());
        return (ReadingSource) out -> {
            for (long n = first; !Thread.currentThread().isInterrupted(); n++) {
                ByteBuffer payload = StandardCharsets.UTF_8.encode(String.valueOf(n));
                out.emit(payload, Map.of(), new Position("", String.valueOf(n + 1)));
                if (n % BURST == 0) {
                    out.flush();
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        };
    }
}
