package io.varuna.plugin.codec.binary;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginType;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The format {@code binary}: the whole payload is one value, in the single declared column, or in column {@code self} of a
 * stream without columns.
 */
@Component
@PluginType("binary")
public final class BinaryCodec implements CodecFactory<BinaryCodec.Config> {
    /** The format has no properties. */
    @ObjectClassDefinition(name = "Binary", description = "The payload as it is")
    public @interface Config {}

    @Override
    public Decoder decoder(Config config, Schema schema) {
        return new BinaryDecoder(schema);
    }

    @Override
    public Encoder encoder(Config config) {
        return new BinaryEncoder();
    }
}
