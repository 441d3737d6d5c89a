package io.varuna.plugin.codec.json;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginType;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The format {@code json}: an object is a record, an array is several records. */
@Component
@PluginType("json")
public final class JsonCodec implements CodecFactory<JsonCodec.Config> {
    /** The properties of the format. */
    @ObjectClassDefinition(name = "JSON", description = "Objects, or arrays of objects")
    public @interface Config {
        @AttributeDefinition(description = "Deepest nesting of a payload; deeper ones are refused")
        int maxDepth() default 500;

        @AttributeDefinition(description = "Largest size of a payload in bytes; larger ones are refused")
        int maxSize() default 16 * 1024 * 1024;

        @AttributeDefinition(
                description =
                        "Whether whole numbers stay exact where no type is declared. With false they become floats, as in eKuiper")
        boolean useInt64ForWholeNumber() default true;
    }

    @Override
    public Decoder decoder(Config config, Schema schema) {
        return new JsonDecoder(config, schema);
    }

    @Override
    public Encoder encoder(Config config) {
        return new JsonEncoder();
    }
}
