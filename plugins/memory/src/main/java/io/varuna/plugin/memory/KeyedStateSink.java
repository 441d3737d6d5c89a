package io.varuna.plugin.memory;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Row;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.KeyedStateService;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sets values of the keyed state, which all rules share and which survives a restart. */
@Component
@PluginType("keyedstate")
public final class KeyedStateSink implements SinkFactory<KeyedStateSink.Config> {
    private final KeyedStateService state;

    /** The properties of the sink. */
    @ObjectClassDefinition(name = "Keyed state", description = "Values by key for get_keyed_state of all rules")
    public @interface Config {
        @AttributeDefinition(description = "The column with the key")
        String keyField();

        @AttributeDefinition(
                description = "The column with the value, which is removed where it is NULL; empty for the whole row")
        String valueField() default "";
    }

    @Activate
    public KeyedStateSink(@Reference KeyedStateService state) {
        this.state = state;
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        return batch -> {
            // of several rows with one key the last one counts
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Message message : batch.messages()) {
                for (Row row : message.rows()) {
                    add(row, config, values);
                }
            }
            state.put(values);
        };
    }

    private static void add(Row row, Config config, Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> columns = row.toMap();
        Object key = columns.get(config.keyField());
        if (key == null) {
            throw new VarunaException(
                    StandardError.ROW_REFUSED,
                    "Column '" + config.keyField() + "' has no value. As 'keyField' of 'keyedstate' it needs one");
        }
        String name = Conversions.toText(key);
        values.remove(name);
        values.put(name, config.valueField().isEmpty() ? columns : columns.get(config.valueField()));
    }
}
