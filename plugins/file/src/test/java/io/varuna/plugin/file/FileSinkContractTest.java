package io.varuna.plugin.file;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.SinkContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileSinkContractTest {
    @Nested
    class Lines extends Contract {
        Lines(@TempDir Path root) {
            super(root, "lines", "");
        }
    }

    @Nested
    class JsonArray extends Contract {
        JsonArray(@TempDir Path root) {
            super(root, "json", "");
        }
    }

    @Nested
    class PackedLines extends Contract {
        PackedLines(@TempDir Path root) {
            super(root, "lines", "gzip");
        }
    }

    @Nested
    class PackedJsonArray extends Contract {
        PackedJsonArray(@TempDir Path root) {
            super(root, "json", "gzip");
        }
    }

    abstract static class Contract extends SinkContract {
        private final Path root;
        private final String fileType;
        private final String compression;

        Contract(Path root, String fileType, String compression) {
            this.root = root;
            this.fileType = fileType;
            this.compression = compression;
        }

        @Override
        protected SinkFactory<?> factory() {
            return new FileSink(new FileAccess(root));
        }

        @Override
        protected Map<String, Object> properties() {
            return Map.of("path", "out/result", "fileType", fileType, "compression", compression);
        }

        @Override
        protected void create(Schema schema) throws IOException {
            Files.deleteIfExists(root.resolve("out/result"));
        }

        @Override
        protected List<Map<String, Object>> written(Schema schema) throws IOException {
            byte[] content = Files.readAllBytes(root.resolve("out/result"));
            if (compression.equals("gzip")) {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
                    content = in.readAllBytes();
                }
            }
            if (fileType.equals("json")) {
                return Json.readRecords(ByteBuffer.wrap(content));
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String line :
                    new String(content, StandardCharsets.UTF_8).lines().toList()) {
                rows.addAll(Json.readRecords(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8))));
            }
            return rows;
        }

        @Override
        protected Object readBack(DataType type, Object value) {
            return Objects.requireNonNull(Json.plain(value));
        }
    }
}
