package io.varuna.plugin.memory;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Reads what memory sinks publish from now on. DATASOURCE is the topic, perhaps with wildcards. */
@Component
@PluginType("memory")
public final class MemorySource implements SourceFactory<MemorySource.Config> {
    /** The properties of the source. */
    @ObjectClassDefinition(name = "Memory source", description = "Rows of other rules in this process")
    public @interface Config {
        @AttributeDefinition(description = "How many rows may wait for the rules before the publisher has to wait")
        int bufferLength() default 1024;
    }

    @Override
    public Source open(Config config, SourceContext context) throws Exception {
        TopicFilter filter = TopicFilter.of(context.dataSource(), context.stream());
        return new Subscription(
                context.connection(Topics.class), filter, Math.max(1, config.bufferLength()), context.stream());
    }
}
