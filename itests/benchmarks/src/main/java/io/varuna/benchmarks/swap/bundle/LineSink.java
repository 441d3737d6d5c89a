package io.varuna.benchmarks.swap.bundle;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds every window to a file, as a line with its key, total, least and greatest number. */
public final class LineSink implements SinkFactory<LineSink.Config> {
    private static final List<String> COLUMNS = List.of("k", "total", "low", "high");

    /** What it takes. */
    public @interface Config {
        /** The file. */
        String path();
    }

    @Override
    public Sink open(Config config, SinkContext context) throws IOException {
        BufferedWriter file =
                Files.newBufferedWriter(Path.of(config.path()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new Sink() {
            @Override
            public void write(Batch batch) throws IOException {
                for (Row row : batch) {
                    Map<String, ?> window = row.toMap();
                    file.write(COLUMNS.stream()
                            .map(column -> String.valueOf(window.get(column)))
                            .collect(Collectors.joining(" ", "", "\n")));
                }
                file.flush();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
