package io.varuna.plugin.file;

import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.ResumableSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A directory whose files are arrays of records, read as they come. */
class FileSourceDirectoryTest extends ResumableSourceContract {
    private final Path root;
    private int files;

    FileSourceDirectoryTest(@TempDir Path root) {
        this.root = root;
    }

    @Override
    protected SourceFactory<?> factory() {
        return new FileSource(new FileAccess(root));
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("path", "in");
    }

    @Override
    protected Set<String> metadata() {
        return Set.of("file");
    }

    @Override
    protected void create() throws IOException {
        Path directory = Files.createDirectories(root.resolve("in"));
        try (Stream<Path> old = Files.list(directory)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    protected void provide(List<Map<String, Object>> records) throws IOException {
        files++;
        Path written = root.resolve("file.tmp");
        Files.writeString(written, Json.write(records));
        // the order is that of the times, which the file system may not tell apart
        Files.setLastModifiedTime(written, FileTime.fromMillis(1_700_000_000_000L + files * 1_000L));
        Files.move(written, root.resolve("in").resolve("file" + files + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
