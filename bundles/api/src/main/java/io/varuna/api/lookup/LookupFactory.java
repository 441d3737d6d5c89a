package io.varuna.api.lookup;

import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.source.SourceContext;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes lookup sources of one type. */
@ConsumerType
public interface LookupFactory<C> extends PluginFactory<C> {
    /**
     * Opens a lookup source.
     *
     * @param columns the columns that the rule needs; empty for all
     * @param keyColumns the columns that are compared, in the order in which keys will come
     */
    LookupSource open(C config, List<String> columns, List<String> keyColumns, SourceContext context) throws Exception;
}
