package io.varuna.shell;

import io.varuna.api.manage.UploadService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Uploaded files in memory, as texts. */
final class MemoryUploads implements UploadService {
    private final NavigableMap<String, String> files = new TreeMap<>();

    @Override
    public List<Path> list() {
        return files.keySet().stream().map(MemoryUploads::path).toList();
    }

    private static Path path(String name) {
        return Path.of("/store/uploads", name);
    }

    @Override
    public long mostBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public Path put(String name, InputStream content) {
        try {
            files.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path(name);
    }

    @Override
    public boolean remove(String name) {
        return files.remove(name) != null;
    }

    NavigableMap<String, String> files() {
        return files;
    }
}
