package io.varuna.plugin.file;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.testkit.LookupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** A table of lines of cells; a line ends with the last value that its row has. */
class FileLookupCsvTest extends LookupContract {
    private final Path directory;

    FileLookupCsvTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected LookupFactory<?> factory() {
        return new FileLookup(new FileAccess(directory));
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("fileType", "csv", "hasHeader", true);
    }

    @Override
    protected String dataSource() {
        return "rooms.csv";
    }

    @Override
    protected List<DataType> types() {
        return List.of(DataType.BOOLEAN, DataType.BIGINT, DataType.DOUBLE, DataType.VARCHAR, DataType.TIMESTAMP);
    }

    @Override
    protected void create(Schema schema) throws IOException {
        provide(schema, List.of());
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(String.join(",", schema.names())));
        for (Map<String, Object> row : rows) {
            lines.add(schema.columns().stream()
                    .map(Column::name)
                    .filter(row::containsKey)
                    .map(name -> '"' + String.valueOf(row.get(name)).replace("\"", "\"\"") + '"')
                    .collect(Collectors.joining(",")));
        }
        Files.write(directory.resolve(dataSource()), lines);
    }
}
