package io.varuna.api.source;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginContext;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The surroundings of one source. */
@ProviderType
public interface SourceContext extends PluginContext {
    /** Returns the name of the stream. */
    String stream();

    /** Returns what the stream's option DATASOURCE says: a topic, path or table; empty where it was not given. */
    String dataSource();

    /** Returns the columns of the stream as declared. */
    Schema schema();

    /** Returns where to read on from, one per partition; empty on a fresh start. */
    List<Position> restored();

    /**
     * Makes a decoder of the stream's format, for lookup tables, which return rows. What a source emits the engine decodes.
     *
     * @param wanted the columns to read, with the types that values become
     */
    Decoder decoder(Schema wanted);
}
