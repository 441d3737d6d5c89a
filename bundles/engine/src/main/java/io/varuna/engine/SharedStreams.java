package io.varuna.engine;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.source.StreamSource;
import io.varuna.engine.source.Subscriber;
import io.varuna.engine.time.EngineTime;
import io.varuna.plan.StreamDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sources of shared streams, which run as long as some rule reads them. Thread-safe. */
final class SharedStreams {
    private final EngineTime time;
    private final Map<StreamDefinition, StreamSource> running = new HashMap<>();

    SharedStreams(EngineTime time) {
        this.time = time;
    }

    /** Lets a rule read a stream, making the source if need be; it is not opened yet. */
    synchronized StreamSource join(
            StreamDefinition stream,
            Resolved<SourceFactory<?>> resolved,
            PluginAccess access,
            Subscriber subscriber,
            String ruleId,
            List<Position> restored) {
        if (!stream.options().shared()) {
            StreamSource own = new StreamSource(stream, resolved, ruleId, access, time, restored);
            own.subscribe(subscriber);
            return own;
        }
        StreamSource shared = running.computeIfAbsent(
                stream, key -> new StreamSource(stream, resolved, stream.name(), access, time, restored));
        shared.subscribe(subscriber);
        return shared;
    }

    /**
     * Lets a rule read no more; the source ends with its last rule.
     *
     * @param kept whether the rule keeps the source's thread; then it begins anew for the others
     */
    void leave(StreamDefinition stream, StreamSource source, Subscriber subscriber, boolean kept) {
        boolean last;
        synchronized (this) {
            last = source.unsubscribe(subscriber) == 0;
            if (last) {
                running.remove(stream, source);
            }
        }
        if (last) {
            source.close();
        } else if (kept) {
            source.renew();
        }
    }
}
