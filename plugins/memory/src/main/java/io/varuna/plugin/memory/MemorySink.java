package io.varuna.plugin.memory;

import io.varuna.api.data.Row;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes rows to memory sources and tables of this process; they are handed over without being encoded. */
@Component
@PluginType("memory")
public final class MemorySink implements SinkFactory<MemorySink.Config> {
    /** The properties of the sink. */
    @ObjectClassDefinition(name = "Memory sink", description = "Rows for other rules in this process")
    public @interface Config {
        @AttributeDefinition(description = "The topic, without wildcards; may have placeholders such as {{.id}}")
        String topic();

        @AttributeDefinition(
                description =
                        "The column that says what a row does to tables that are looked up: insert, update, upsert or delete")
        String rowkindField() default "";

        @AttributeDefinition(description = "The column with the key of the row that is updated or deleted")
        String keyField() default "";
    }

    @Override
    public void validate(Config config) {
        String topic = config.topic();
        if (topic.isBlank() || hasWildcard(topic)) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "Property 'topic' of 'memory' takes one topic, without + and #, not '" + topic + "'");
        }
    }

    @Override
    public Sink open(Config config, SinkContext context) throws Exception {
        validate(config);
        String topic = config.topic();
        Topics topics = context.connection(Topics.class);
        return batch -> {
            List<List<Published>> all = new ArrayList<>();
            for (Message message : batch.messages()) {
                all.add(published(message, topic, config));
            }
            // everything can be published: either all of the batch goes out, or nothing
            for (List<Published> rows : all) {
                topics.publish(rows.get(0).topic(), rows);
            }
        };
    }

    /** The wait for a subscriber is on the rule's own thread: threads of a pool could all end up waiting for each other. */
    @Override
    public boolean blocking() {
        return false;
    }

    private static boolean hasWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }

    private static List<Published> published(Message message, String template, Config config) {
        String topic = message.fill(template);
        if (hasWildcard(topic)) {
            throw refused("The topic '" + topic + "' has a wildcard, which only a source may have");
        }
        List<Published> published = new ArrayList<>();
        for (Row row : message.rows()) {
            Map<String, @Nullable Object> values = Collections.unmodifiableMap(row.toMap());
            Object key = config.keyField().isEmpty() ? null : values.get(config.keyField());
            published.add(new Published(topic, values, kind(values, config.rowkindField()), key));
        }
        return published;
    }

    private static RowKind kind(Map<String, @Nullable Object> values, String field) {
        Object kind = field.isEmpty() ? null : values.get(field);
        if (kind == null) {
            return RowKind.INSERT;
        }
        return RowKind.of(kind.toString())
                .orElseThrow(() -> refused(
                        "Column '" + field + "' is '" + kind + "'. As 'rowkindField' it takes: " + RowKind.known()));
    }

    private static VarunaException refused(String message) {
        return new VarunaException(StandardError.ROW_REFUSED, message);
    }
}
