package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginType;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The format {@code delimited}: a line is a record, whose values are separated by a character and quoted where needed. */
@Component
@PluginType("delimited")
public final class DelimitedCodec implements CodecFactory<DelimitedCodec.Config> {
    /** The properties of the format. */
    @ObjectClassDefinition(name = "Delimited", description = "Lines of values with a separator, such as CSV")
    public @interface Config {
        @AttributeDefinition(description = "The character between two values")
        String delimiter() default ",";

        @AttributeDefinition(
                description = "Whether the first line of a payload has the names of the columns. Messages have none")
        boolean hasHeader() default false;

        @AttributeDefinition(
                description =
                        "The names of the values of a line, in order. Without names and header they are col0, col1, ...")
        String[] fields() default {};
    }

    @Override
    public Decoder decoder(Config config, Schema schema) {
        return new DelimitedDecoder(delimiter(config), config.hasHeader(), List.of(config.fields()), schema);
    }

    @Override
    public Encoder encoder(Config config) {
        return new DelimitedEncoder(delimiter(config));
    }

    private static char delimiter(Config config) {
        String delimiter = config.delimiter();
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "Property 'delimiter' is '" + delimiter + "'. It takes one character that is no quote or line end");
        }
        return delimiter.charAt(0);
    }
}
