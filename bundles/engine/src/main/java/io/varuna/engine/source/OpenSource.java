package io.varuna.engine.source;

import io.varuna.api.source.Position;
import io.varuna.api.source.Source;
import io.varuna.engine.plugin.InstanceContext;
import java.util.Collection;
import java.util.function.Consumer;

/** A source that is open, with what runs it and what it was given. */
record OpenSource(Source source, SourceDriver driver, InstanceContext context) {
    /** Tells the source which positions are safe; {@code failed} is told of each that it does not take. */
    synchronized void committed(Collection<Position> safe, Consumer<Throwable> failed) {
        for (Position position : safe) {
            try {
                source.committed(position);
            } catch (Exception | Error e) {
                failed.accept(e);
            }
        }
    }

    /** Ends it. */
    void close() {
        driver.close();
        context.close();
    }

    /** Ends it in favour of a successor; it was paused by the calling thread. */
    void giveWay() {
        driver.giveWay();
        context.close();
    }
}
