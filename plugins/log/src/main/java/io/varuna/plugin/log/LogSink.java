package io.varuna.plugin.log;

import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each message as a line of the log, under the logger {@code varuna.rule.<id>}. */
@Component
@PluginType("log")
public final class LogSink implements SinkFactory<LogSink.Config> {
    /** The sink has no properties. */
    @ObjectClassDefinition(name = "Log sink", description = "One line of the log for each message")
    public @interface Config {}

    @Override
    public Sink open(Config config, SinkContext context) {
        Logger logger = LoggerFactory.getLogger("varuna.rule." + context.ruleId());
        return batch -> {
            for (Message message : batch.messages()) {
                logger.info(
                        "{}",
                        oneLine(StandardCharsets.UTF_8.decode(message.payload()).toString()));
            }
        };
    }

    /** Keeps a text from looking like several entries of the log. */
    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\r", "\\r").replace("\n", "\\n");
    }

    @Override
    public boolean blocking() {
        return false;
    }
}
