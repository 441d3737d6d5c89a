package io.varuna.plugin.file;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
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

    /** Packs a piece, which may be what is returned. Equal pieces give equal bytes. */
    ByteOutput pack(ByteOutput piece) {
        if (this == NONE || piece.size() == 0) {
            return piece;
        }
        ByteOutput packed = new ByteOutput(piece.size() / 2 + 32);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(piece.array(), 0, piece.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed;
    }

    /** Packs a piece. */
    byte[] pack(byte[] piece) {
        ByteOutput bytes = new ByteOutput(piece.length);
        bytes.write(piece);
        return pack(bytes).toByteArray();
    }
}
