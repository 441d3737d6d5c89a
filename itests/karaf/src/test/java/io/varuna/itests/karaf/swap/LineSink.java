package io.varuna.itests.karaf.swap;

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

/** Writes every row as a line of a file, with its own version. Version 6.6.6 cannot be opened. */
public final class LineSink implements SinkFactory<LineSink.Config> {
    /** What it takes. */
    public @interface Config {
        /** The file. */
        String path();
    }

    @Override
    public Sink open(Config config, SinkContext context) throws IOException {
        String version = Versions.of(LineSink.class);
        if (version.equals("6.6.6")) {
            throw new IOException("out of order");
        }
        BufferedWriter file =
                Files.newBufferedWriter(Path.of(config.path()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new Sink() {
            @Override
            public void write(Batch batch) throws IOException {
                for (Row row : batch) {
                    file.write(row.toMap() + " " + version + "\n");
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
