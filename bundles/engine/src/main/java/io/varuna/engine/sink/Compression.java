package io.varuna.engine.sink;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How messages are compressed. */
enum Compression {
    NONE,
    GZIP,
    ZLIB,
    FLATE;

    static Compression of(String name) {
        if (name.isEmpty()) {
            return NONE;
        }
        for (Compression compression : values()) {
            if (compression != NONE
                    && compression.name().toLowerCase(Locale.ROOT).equals(name)) {
                return compression;
            }
        }
        throw new VarunaException(
                StandardError.INVALID_PROPERTY, "'compression' takes gzip, zlib or flate, not '" + name + "'");
    }

    byte[] compress(byte[] content) throws IOException {
        if (this == NONE) {
            return content;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, this == FLATE);
        try (OutputStream out =
                this == GZIP ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes, deflater)) {
            out.write(content);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
