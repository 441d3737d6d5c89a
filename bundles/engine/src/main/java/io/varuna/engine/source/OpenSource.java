package io.varuna.engine.source;

import io.varuna.api.source.Source;
import io.varuna.engine.plugin.InstanceContext;

/** A source that is open, with what runs it and what it was given. */
record OpenSource(Source source, SourceDriver driver, InstanceContext context) {
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
