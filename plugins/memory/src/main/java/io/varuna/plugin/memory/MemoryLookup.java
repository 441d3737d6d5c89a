package io.varuna.plugin.memory;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A table of what memory sinks publish while it is open: the last row for each key. DATASOURCE is the topic. */
@Component
@PluginType("memory")
public final class MemoryLookup implements LookupFactory<MemoryLookup.Config> {
    /** The properties of the table. */
    @ObjectClassDefinition(name = "Memory table", description = "The last row for each key that a topic has seen")
    public @interface Config {
        @AttributeDefinition(description = "The column that tells rows apart, as the table's option KEY says")
        String key() default "";
    }

    @Override
    public LookupSource open(Config config, List<String> columns, List<String> keyColumns, SourceContext context)
            throws Exception {
        if (config.key().isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_STREAM,
                    "Table '" + context.stream()
                            + "' of type 'memory' needs the option KEY: the column that tells rows apart");
        }
        Topics topics = context.connection(Topics.class);
        Table table = new Table(TopicFilter.of(context.dataSource(), context.stream()), config.key(), keyColumns);
        topics.subscribe(table);
        return new LookupSource() {
            @Override
            @SuppressWarnings(
                    "NullAway") // javac before 17.0.16 does not see the annotations of type arguments in class files
            public List<Map<String, @Nullable Object>> lookup(List<Object> key) {
                return table.find(key);
            }

            @Override
            public void close() {
                topics.unsubscribe(table);
            }
        };
    }
}
