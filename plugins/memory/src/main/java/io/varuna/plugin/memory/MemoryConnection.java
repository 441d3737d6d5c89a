package io.varuna.plugin.memory;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginType;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Makes the topics. There are no properties, so that all sources and sinks share them. */
@Component
@PluginType("memory")
public final class MemoryConnection implements ConnectionFactory<MemoryConnection.Config, Topics> {
    /** There are no properties. */
    @ObjectClassDefinition(name = "Memory topics", description = "The topics of this process")
    public @interface Config {}

    @Override
    public Topics open(Config config) {
        return new Topics();
    }
}
