package io.varuna.api.source;

import io.varuna.api.plugin.PluginFactory;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes sources of one type. */
@ConsumerType
public interface SourceFactory<C> extends PluginFactory<C> {
    /** Opens a source. May block and may fail; the engine tries again after a transient failure. */
    Source open(C config, SourceContext context) throws Exception;
}
