package ${package}.sinks;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.SinkContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LinesSinkTest extends SinkContract {
    @TempDir
    Path directory;

    @Override
    protected SinkFactory<?> factory() {
        return new LinesSink();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("path", file().toString());
    }

    private Path file() {
        return directory.resolve("results.txt");
    }

    @Override
    protected void create(Schema schema) throws IOException {
        Files.deleteIfExists(file());
    }

    @Override
    protected List<Map<String, Object>> written(Schema schema) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file())) {
            rows.addAll(Json.readRecords(StandardCharsets.UTF_8.encode(line)));
        }
        return rows;
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        return Json.plain(value);
    }
}
