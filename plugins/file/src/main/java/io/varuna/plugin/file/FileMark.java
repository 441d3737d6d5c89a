package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How far a file was read, and what tells it from another file that has taken its name: how it begins, and its time.
 *
 * @param bytes how much of the unpacked content was read
 * @param prefix how many bytes of the file the check sum covers
 * @param modified when the file was changed last, in milliseconds since 1970
 */
record FileMark(long bytes, int prefix, long checkSum, long modified) {
    private static final int PREFIX = 256;

    /** Returns the mark of a file of which nothing was read. */
    static FileMark start(Path file) throws IOException {
        int prefix = (int) Math.min(PREFIX, Files.size(file));
        return new FileMark(
                0,
                prefix,
                checkSum(file, prefix),
                Files.getLastModifiedTime(file).toMillis());
    }

    FileMark at(long offset) {
        return new FileMark(offset, prefix, checkSum, modified);
    }

    /**
     * Tells whether this mark, from before, is of the file as it is now.
     *
     * @param mayGrow whether the file may have been changed by adding to it
     */
    boolean isOf(Path file, boolean mayGrow) throws IOException {
        boolean unchanged = modified == Files.getLastModifiedTime(file).toMillis();
        return (unchanged || mayGrow) && Files.size(file) >= prefix && checkSum(file, prefix) == checkSum;
    }

    private static long checkSum(Path file, int prefix) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = Files.newInputStream(file)) {
            sum.update(in.readNBytes(prefix));
        }
        return sum.getValue();
    }

    /** Returns the mark as the offset of a position. */
    String toOffset() {
        return bytes + ";" + prefix + ";" + checkSum + ";" + modified;
    }

    static FileMark ofOffset(String offset, String where) {
        String[] parts = offset.split(";", -1);
        try {
            if (parts.length == 4) {
                return new FileMark(
                        Long.parseLong(parts[0]),
                        Integer.parseInt(parts[1]),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]));
            }
        } catch (NumberFormatException e) {
            throw unknown(offset, where, e);
        }
        throw unknown(offset, where, null);
    }

    private static VarunaException unknown(String offset, String where, @Nullable Exception cause) {
        return new VarunaException(
                StandardError.STATE_INCOMPATIBLE,
                where + " cannot read on from '" + offset + "'. Reset the state of the rule",
                cause);
    }
}
