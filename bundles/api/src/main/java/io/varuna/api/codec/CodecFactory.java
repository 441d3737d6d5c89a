package io.varuna.api.codec;

import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginFactory;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes both halves of a format, as in {@code WITH (FORMAT = "json")}. */
@ConsumerType
public interface CodecFactory<C> extends PluginFactory<C> {
    /**
     * Makes a decoder.
     *
     * @param schema the columns that are asked for, which may be fewer than the records have; if it is open, the whole
     *     record is asked for as well
     */
    Decoder decoder(C config, Schema schema);

    Encoder encoder(C config);
}
