package io.varuna.plugin.nop;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes the results and throws them away, for measuring what comes before. */
@Component
@PluginType("nop")
public final class NopSink implements SinkFactory<NopSink.Config> {
    private static final Logger LOGGER = LoggerFactory.getLogger(NopSink.class);

    /** The properties of the sink. */
    @ObjectClassDefinition(name = "Nop sink", description = "Throws results away")
    public @interface Config {
        @AttributeDefinition(description = "Whether to log each message before it is thrown away")
        boolean log() default false;
    }

    @Override
    public Sink open(Config config, SinkContext context) {
        boolean log = config.log();
        return batch -> {
            for (Message message : batch.messages()) {
                if (log) {
                    LOGGER.info("Rule '{}': {}", context.ruleId(), StandardCharsets.UTF_8.decode(message.payload()));
                } else {
                    // encoding is a part of what is measured
                    message.payload();
                }
            }
        };
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
