package io.varuna.engine.source;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.plan.StreamDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules that read a source, and which of its positions are safe for them. Changed by one thread at a time. */
final class Readers {
    private final StreamDefinition stream;
    private final PositionLog positions;
    private volatile BatchCollector.Audience audience;

    /** How records are read. */
    record Reading(Resolved<SourceFactory<?>> resolved, @Nullable Resolved<SourceFactory<?>> former, Clock clock) {}

    Readers(StreamDefinition stream, Collection<Position> restored, Reading reading) {
        this.stream = stream;
        this.positions = new PositionLog(restored);
        this.audience = audience(List.of(), reading);
    }

    /** Returns who reads now. From any thread. */
    BatchCollector.Audience audience() {
        return audience;
    }

    PositionLog positions() {
        return positions;
    }

    void add(Subscriber subscriber, Reading reading) {
        List<Subscriber> subscribers = new ArrayList<>(audience.subscribers());
        subscribers.add(subscriber);
        positions.join(subscriber);
        audience = audience(subscribers, reading);
    }

    /** Returns how many are left. */
    int remove(Subscriber subscriber, Reading reading) {
        List<Subscriber> subscribers = new ArrayList<>(audience.subscribers());
        subscribers.remove(subscriber);
        positions.leave(subscriber);
        audience = audience(subscribers, reading);
        return subscribers.size();
    }

    /** Lets all read in another way. */
    void renew(Reading reading) {
        audience = audience(audience.subscribers(), reading);
    }

    /** Does something for each of those who read now. From any thread. */
    void forEach(Consumer<Subscriber> action) {
        audience.subscribers().forEach(action);
    }

    private BatchCollector.Audience audience(List<Subscriber> subscribers, Reading reading) {
        Wanted wanted = new Wanted(Map.of(), false);
        for (Subscriber subscriber : subscribers) {
            wanted = wanted.and(subscriber.wanted());
        }
        Resolved<SourceFactory<?>> former = reading.former;
        return new BatchCollector.Audience(
                new Layout(stream, wanted, reading.clock),
                subscribers,
                StreamCodec.of(reading.resolved),
                former == null ? null : StreamCodec.of(former));
    }
}
