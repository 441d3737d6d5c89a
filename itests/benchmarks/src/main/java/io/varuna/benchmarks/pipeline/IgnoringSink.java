package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;

/** A sink that counts rows and does not look at them, so that nothing is encoded. */
@PluginType("ignore")
final class IgnoringSink implements SinkFactory<IgnoringSink.Config> {
    /** The sink takes no properties. */
    @interface Config {}

    private volatile long rows;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public Sink open(Config config, SinkContext context) {
        return batch -> rows += batch.size();
    }

    @Override
    public boolean blocking() {
        return false;
    }

    long rows() {
        return rows;
    }
}
