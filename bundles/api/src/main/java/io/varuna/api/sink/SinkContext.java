package io.varuna.api.sink;

import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginContext;
import org.osgi.annotation.versioning.ProviderType;

/** The surroundings of one sink. */
@ProviderType
public interface SinkContext extends PluginContext {
    /** Returns the columns of the rule's output, as far as they are known beforehand; open where more may come. */
    Schema schema();

    /** Returns the format of the messages, such as {@code json}. */
    String format();
}
