package ${package}.sources;

import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.ResumableSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LinesSourceTest extends ResumableSourceContract {
    @TempDir
    Path directory;

    @Override
    protected SourceFactory<?> factory() {
        return new LinesSource();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    protected String dataSource() {
        return directory.resolve("records.txt").toString();
    }

    @Override
    protected void create() throws IOException {
        Files.writeString(Path.of(dataSource()), "");
    }

    @Override
    protected void provide(List<Map<String, Object>> records) throws IOException {
        List<String> lines = records.stream().map(Json::write).toList();
        Files.write(Path.of(dataSource()), lines, StandardOpenOption.APPEND);
    }
}
