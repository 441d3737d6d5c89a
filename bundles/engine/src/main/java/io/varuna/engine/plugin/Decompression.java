package io.varuna.engine.plugin;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.plugin.Resolver.Resolved;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** How payloads are decompressed. */
public enum Decompression {
    NONE,
    GZIP,
    ZLIB,
    FLATE;

    /** More than this is taken for an attack. */
    private static final int MOST_BYTES = 64 << 20;

    /** Returns what the property {@code decompression} says, which the engine leaves to plugins that take it themselves. */
    public static Decompression of(Resolved<?> resolved) {
        Object name = resolved.properties().get("decompression");
        return (name == null || resolved.takes("decompression")) ? NONE : of(name);
    }

    private static Decompression of(Object name) {
        if (name.equals("")) {
            return NONE;
        }
        for (Decompression decompression : values()) {
            if (decompression != NONE
                    && decompression.name().toLowerCase(Locale.ROOT).equals(name)) {
                return decompression;
            }
        }
        throw new VarunaException(
                StandardError.INVALID_PROPERTY, "'decompression' takes gzip, zlib or flate, not '" + name + "'");
    }

    /** Returns the plain bytes. */
    public ByteBuffer apply(ByteBuffer payload) throws IOException {
        if (this == NONE) {
            return payload;
        }
        byte[] content = new byte[payload.remaining()];
        payload.get(content);
        Inflater inflater = new Inflater(this == FLATE);
        try (InputStream in = open(new ByteArrayInputStream(content), inflater)) {
            byte[] plain = in.readNBytes(MOST_BYTES + 1);
            if (plain.length > MOST_BYTES) {
                throw new IOException("The payload has more than " + MOST_BYTES + " bytes when decompressed");
            }
            return ByteBuffer.wrap(plain);
        } finally {
            inflater.end();
        }
    }

    private InputStream open(InputStream in, Inflater inflater) throws IOException {
        return this == GZIP ? new GZIPInputStream(in) : new InflaterInputStream(in, inflater);
    }
}
