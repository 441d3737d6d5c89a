package io.varuna.pluginmanager;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads archives from their beginning to their end, as somebody must before anything else opens them: that checks the
 * checksums, and that all of it together is not more than allowed. Not thread-safe.
 */
final class ArchiveScan {
    private static final int MOST_ENTRIES = 50_000;
    /** Java reads a manifest and signatures as a whole, and the container descriptions of components. */
    private static final Pattern READ_AS_A_WHOLE = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))|OSGI-INF/.*", Pattern.CASE_INSENSITIVE);

    private static final long MEGABYTE = 1024L * 1024;
    /** Enough for the checksums of as many entries as there may be. */
    private static final long MOST_BYTES_AS_A_WHOLE = 8 * MEGABYTE;

    private final long mostBytes;
    private long left;

    /**
     * Creates it.
     *
     * @param mostBytes that all archives together may have when unpacked
     */
    ArchiveScan(long mostBytes) {
        this.mostBytes = mostBytes;
        this.left = mostBytes;
    }

    /** Takes what is in an archive, or leaves it. */
    @FunctionalInterface
    interface Reader {
        /** Reads as much of an entry as it needs. */
        void read(String path, InputStream content) throws IOException;
    }

    /**
     * Reads an archive.
     *
     * @param name of the file, for messages
     */
    void scan(String name, Path file, Reader reader) {
        Set<String> seen = new HashSet<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = entry.getName();
                checkPath(name, path);
                if (!seen.add(path)) {
                    throw Rejection.of("'" + name + "' has '" + path + "' twice");
                }
                if (seen.size() > MOST_ENTRIES) {
                    throw Rejection.of("'" + name + "' has more than " + MOST_ENTRIES + " entries");
                }
                InputStream content = new Limited(in, name, path);
                reader.read(path, content);
                content.transferTo(OutputStream.nullOutputStream());
            }
            checkDirectory(name, file, seen);
        } catch (IOException | IllegalArgumentException e) {
            throw Rejection.of("'" + name + "' is damaged, perhaps cut off: " + e.getMessage(), e);
        }
    }

    private static void checkPath(String name, String path) {
        boolean leaves = path.startsWith("/")
                || path.contains("\\")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/", -1)).contains("..");
        if (leaves || path.indexOf('\0') >= 0) {
            throw Rejection.of("'" + name + "' has an entry '" + path + "' that leads out of its place. Such a file is"
                    + " not installed");
        }
    }

    /** Java finds entries by the directory at the end of an archive, which could name others than those that were read. */
    private static void checkDirectory(String name, Path file, Set<String> seen) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> named = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
            if (zip.size() != seen.size() || !named.equals(seen)) {
                throw Rejection.of(
                        "'" + name + "' is damaged: the directory at its end names other entries than it has");
            }
        }
    }

    /** What is in an entry, as far as it is allowed. */
    private final class Limited extends FilterInputStream {
        private final String name;
        private final String path;
        private final boolean whole;
        private long read;

        Limited(InputStream in, String name, String path) {
            super(in);
            this.name = name;
            this.path = path;
            this.whole = READ_AS_A_WHOLE.matcher(path).matches();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                take(count);
            }
            return count;
        }

        private void take(int count) {
            left -= count;
            read += count;
            if (left < 0) {
                throw Rejection.of("'" + name + "' unpacks to more than " + mostBytes / MEGABYTE
                        + " MB, the most that a plugin may have");
            }
            if (whole && read > MOST_BYTES_AS_A_WHOLE) {
                throw Rejection.of(
                        "'" + name + "' has '" + path + "' with more than " + MOST_BYTES_AS_A_WHOLE / MEGABYTE
                                + " MB, the most that a manifest, signature or description may have");
            }
        }

        /** The archive goes on after an entry. */
        @Override
        public void close() {}
    }
}
