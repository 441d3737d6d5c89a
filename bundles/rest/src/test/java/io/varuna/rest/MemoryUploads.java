package io.varuna.rest;

import io.varuna.api.manage.UploadService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** Uploaded files in memory. */
final class MemoryUploads implements UploadService {
    private static final Path DIRECTORY = Path.of("/opt/varuna/store/uploads");

    final TreeMap<String, String> files = new TreeMap<>();

    @Override
    public List<Path> list() {
        return files.keySet().stream().map(DIRECTORY::resolve).toList();
    }

    @Override
    public long mostBytes() {
        return 50_000;
    }

    @Override
    public Path put(String name, InputStream content) {
        try {
            files.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            return DIRECTORY.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean remove(String name) {
        return files.remove(name) != null;
    }
}
