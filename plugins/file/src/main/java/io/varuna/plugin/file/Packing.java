package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** How the content of a file that is written is packed: piece by piece, so that a file can be added to and is always whole. */
enum Packing {
    NONE,
    GZIP;

    static Packing of(String name, String where) {
        return switch (name) {
            case "" -> NONE;
            case "gzip" -> GZIP;
            default -> throw new VarunaException(
                    StandardError.INVALID_PROPERTY, where + " has 'compression' '" + name + "'. It takes: gzip");
        };
    }

    /** Packs a piece. Equal pieces give equal bytes. */
    byte[] pack(byte[] piece) {
        if (this == NONE || piece.length == 0) {
            return piece;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(piece.length / 2 + 32);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
