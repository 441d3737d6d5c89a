package io.varuna.plugin.functions.conversion;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Ways of compressing bytes. */
enum Compression {
    ZLIB {
        @Override
        OutputStream writer(OutputStream out) {
            return new DeflaterOutputStream(out);
        }

        @Override
        InputStream reader(InputStream in) {
            return new InflaterInputStream(in);
        }
    },
    GZIP {
        @Override
        OutputStream writer(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }

        @Override
        InputStream reader(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    },
    FLATE {
        @Override
        OutputStream writer(OutputStream out) {
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            return new DeflaterOutputStream(out, deflater) {
                @Override
                public void close() throws IOException {
                    super.close();
                    deflater.end();
                }
            };
        }

        @Override
        InputStream reader(InputStream in) {
            Inflater inflater = new Inflater(true);
            return new InflaterInputStream(in, inflater) {
                @Override
                public void close() throws IOException {
                    super.close();
                    inflater.end();
                }
            };
        }
    },
    ZSTD {
        @Override
        OutputStream writer(OutputStream out) throws IOException {
            return new ZstdOutputStream(out);
        }

        @Override
        InputStream reader(InputStream in) {
            return new ZstdInputStream(in);
        }
    };

    static final String NAMES = "'zlib', 'gzip', 'flate' or 'zstd'";

    /** A few bytes may become very many: no record is meant to be larger than this. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    abstract OutputStream writer(OutputStream out) throws IOException;

    abstract InputStream reader(InputStream in) throws IOException;

    static @Nullable Compression find(String name) {
        for (Compression compression : values()) {
            if (compression.ruleName().equals(name)) {
                return compression;
            }
        }
        return null;
    }

    String ruleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    final byte[] compress(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = writer(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    final byte[] decompress(byte[] compressed) throws IOException {
        try (InputStream in = reader(new ByteArrayInputStream(compressed))) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES && in.read() >= 0) {
                throw new IOException("It would have more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (MalformedInputException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
