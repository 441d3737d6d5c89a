package io.varuna.plugin.file;

import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.ResumableSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** One file with a record a line, read once. */
class FileSourceLinesTest extends ResumableSourceContract {
    private final Path directory;

    FileSourceLinesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected SourceFactory<?> factory() {
        return new FileSource(new FileAccess(directory));
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("fileType", "lines");
    }

    @Override
    protected String dataSource() {
        return "records.txt";
    }

    @Override
    protected boolean readsOnlyWhatIsThere() {
        return true;
    }

    @Override
    protected Set<String> metadata() {
        return Set.of("file");
    }

    @Override
    protected void create() throws IOException {
        Files.writeString(directory.resolve(dataSource()), "");
    }

    @Override
    protected void provide(List<Map<String, Object>> records) throws IOException {
        List<String> lines = records.stream().map(Json::write).toList();
        Files.write(directory.resolve(dataSource()), lines, StandardOpenOption.APPEND);
    }
}
