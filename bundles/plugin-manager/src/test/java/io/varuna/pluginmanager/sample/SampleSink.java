package io.varuna.pluginmanager.sample;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;

/** A sink for the bundles that tests make. */
@PluginType("sample")
public final class SampleSink implements SinkFactory<SampleSink.Config> {
    public @interface Config {
        @AttributeDefinition(description = "Where to write to")
        String url();

        int pool_size() default 4;

        String[] fields() default {"a", "b"};
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        return batch -> {};
    }
}
