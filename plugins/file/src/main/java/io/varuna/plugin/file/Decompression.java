package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How the content of a file is packed. */
enum Decompression {
    NONE,
    GZIP,
    ZLIB;

    static Decompression of(String name, String where) {
        if (name.isEmpty()) {
            return NONE;
        }
        for (Decompression decompression : values()) {
            if (decompression != NONE
                    && decompression.name().toLowerCase(Locale.ROOT).equals(name)) {
                return decompression;
            }
        }
        throw new VarunaException(
                StandardError.INVALID_PROPERTY, where + " has 'decompression' '" + name + "'. It takes: gzip, zlib");
    }

    InputStream open(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed, 1 << 16);
            case ZLIB -> new InflaterInputStream(packed);
        };
    }
}
