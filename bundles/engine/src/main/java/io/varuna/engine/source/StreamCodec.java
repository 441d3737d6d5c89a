package io.varuna.engine.source;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.Resolver.Resolved;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the payloads of a stream are read. */
record StreamCodec(CodecFactory<?> factory, Map<String, @Nullable Object> properties) {
    static StreamCodec of(Resolved<?> resolved) {
        return new StreamCodec(resolved.codec().factory(), resolved.properties());
    }

    Decoder decoder(Layout layout) {
        return decoder(factory, layout);
    }

    private <C> Decoder decoder(CodecFactory<C> of, Layout layout) {
        return of.decoder(ConfigType.of(of.configType()).proxy(properties), layout.decoded());
    }
}
