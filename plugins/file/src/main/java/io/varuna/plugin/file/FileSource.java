package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Reads files. DATASOURCE is a file, which is read once or at an interval, or a directory, whose files are read as they come.
 * It reads on after a restart: a position is a file with an offset.
 */
@Component
@PluginType("file")
public final class FileSource implements SourceFactory<FileSource.Config> {
    private static final Duration LOOK_AT_DIRECTORY = Duration.ofSeconds(1);

    private final FileAccess access;

    /** Creates the factory for files that the system property {@code varuna.files.root} allows. */
    public FileSource() {
        this(FileAccess.ofSystem());
    }

    FileSource(FileAccess access) {
        this.access = access;
    }

    /** The properties of the source. */
    @ObjectClassDefinition(name = "File source", description = "Records in files")
    public @interface Config {
        @AttributeDefinition(description = "Directory that the stream's DATASOURCE is in")
        String path() default "";

        @AttributeDefinition(
                description =
                        "What is in a file: json (an array or values), csv, lines (a record a line in the stream's format) or raw (the file is a record)")
        String fileType() default "json";

        @AttributeDefinition(
                description =
                        "Time between two readings of a file, or two looks at a directory, such as 10s; 0 reads a file once and looks at a directory, or at the file of a lookup table, every second")
        String interval() default "0";

        @AttributeDefinition(description = "Time between two records, such as 100ms; 0 for as fast as the rules can")
        String sendInterval() default "0";

        @AttributeDefinition(
                description = "What becomes of a file when all its records are safe: 0 keep, 1 delete, 2 move")
        int actionAfterRead() default 0;

        @AttributeDefinition(description = "Directory that files are moved to")
        String moveTo() default "";

        @AttributeDefinition(description = "Whether the first line of a csv file has the names of the columns")
        boolean hasHeader() default false;

        @AttributeDefinition(
                description =
                        "The names of the values of a csv line. Without them the header names them, then the columns of the stream")
        String[] columns() default {};

        @AttributeDefinition(description = "The character between two values of a csv file")
        String delimiter() default ",";

        @AttributeDefinition(description = "How many lines to leave out at the start of a file")
        int ignoreStartLines() default 0;

        @AttributeDefinition(description = "How many lines to leave out at the end of a file")
        int ignoreEndLines() default 0;

        @AttributeDefinition(description = "How files are packed: gzip or zlib; empty if they are not")
        String decompression() default "";
    }

    @Override
    public Source open(Config config, SourceContext context) throws Exception {
        String where = "Source 'file' of stream '" + context.stream() + "'";
        FileLayout layout = FileLayout.of(config, context.schema(), where);
        AfterRead afterRead = AfterRead.of(config.actionAfterRead(), config.moveTo(), access, where);
        Path path = access.resolve(config.path(), context.dataSource());
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file or directory");
        }
        boolean directory = Files.isDirectory(path);
        if (afterRead instanceof AfterRead.Move move && move.directory().equals(path)) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    where + " would move files to the directory that it reads. Give another one as 'moveTo'");
        }
        Duration interval = Durations.property("interval", config.interval());
        FileReading.Plan plan = new FileReading.Plan(
                path,
                directory,
                directory && interval.isZero() ? LOOK_AT_DIRECTORY : interval,
                Durations.property("sendInterval", config.sendInterval()),
                where);
        return new FileReading(plan, layout, afterRead, context.restored());
    }
}
