package io.varuna.plugin.file;

import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.LookupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A table of an array of objects. */
class FileLookupContractTest extends LookupContract {
    private final Path directory;

    FileLookupContractTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected LookupFactory<?> factory() {
        return new FileLookup(new FileAccess(directory));
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    protected String dataSource() {
        return "rooms.json";
    }

    @Override
    protected void create(Schema schema) throws IOException {
        Files.writeString(directory.resolve(dataSource()), "[]");
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) throws IOException {
        Files.writeString(directory.resolve(dataSource()), Json.write(rows));
    }
}
