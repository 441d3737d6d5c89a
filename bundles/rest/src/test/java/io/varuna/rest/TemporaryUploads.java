package io.varuna.rest;

import io.varuna.api.manage.UploadService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Uploaded files in a directory that goes when it is closed. */
final class TemporaryUploads implements UploadService, AutoCloseable {
    private final Path directory;

    TemporaryUploads() {
        try {
            this.directory = Files.createDirectory(
                    Files.createTempDirectory("varuna-rest").resolve("uploads"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the contents by name. */
    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : list()) {
            contents.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return contents;
    }

    void add(String name, String content) {
        put(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<Path> list() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long mostBytes() {
        return 50_000;
    }

    @Override
    public Path put(String name, InputStream content) {
        Path file = directory.resolve(name);
        try {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    @Override
    public boolean remove(String name) {
        try {
            return Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : list()) {
            Files.delete(file);
        }
        Files.delete(directory);
        Files.delete(directory.getParent());
    }
}
