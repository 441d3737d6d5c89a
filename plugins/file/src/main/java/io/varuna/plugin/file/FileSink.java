package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Writes messages to files. A file that is there is added to, so that a restart loses nothing; every file is whole after every
 * write, and durable after {@code flush}.
 */
@Component
@PluginType("file")
public final class FileSink implements SinkFactory<FileSink.Config> {
    private final FileAccess access;

    /** Creates the factory for files that the system property {@code varuna.files.root} allows. */
    public FileSink() {
        this(FileAccess.ofSystem());
    }

    FileSink(FileAccess access) {
        this.access = access;
    }

    /** The properties of the sink. */
    @ObjectClassDefinition(name = "File sink", description = "Messages in files")
    public @interface Config {
        @AttributeDefinition(description = "The file; may have placeholders such as {{.device}}")
        String path();

        @AttributeDefinition(
                description = "How messages lie in a file: lines, json (one array) or csv (needs format delimited)")
        String fileType() default "lines";

        @AttributeDefinition(description = "Whether a csv file begins with the names of the columns")
        boolean hasHeader() default false;

        @AttributeDefinition(description = "The character between two values of a csv file")
        String delimiter() default ",";

        @AttributeDefinition(description = "Age at which a file is followed by the next, such as 1h; 0 for any")
        String rollingInterval() default "0";

        @AttributeDefinition(description = "Accepted for rules of eKuiper; the age is checked at every write")
        String checkInterval() default "5m";

        @AttributeDefinition(description = "Number of messages after which a file is followed by the next")
        long rollingCount() default 1_000_000;

        @AttributeDefinition(description = "Size in bytes after which a file is followed by the next; 0 for any")
        long rollingSize() default 0;

        @AttributeDefinition(
                description =
                        "Where the time stands in the names of files: prefix, suffix or none. With none, a full file gets the time behind its name")
        String rollingNamePattern() default "";

        @AttributeDefinition(description = "How files are packed: gzip; empty if they are not")
        String compression() default "";
    }

    @Override
    public void validate(Config config) {
        // whether csv goes with the format of the messages is seen when it is opened
        check(config, "delimited", "it");
    }

    private static Settings check(Config config, String format, String where) {
        if (config.rollingCount() < 1 || config.rollingSize() < 0) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    where + " takes a 'rollingCount' of 1 or more and a 'rollingSize' of 0 or more");
        }
        Durations.property("checkInterval", config.checkInterval());
        return new Settings(
                new OutputFile.FileFormat(
                        OutputFormat.of(config.fileType(), format, where),
                        Packing.of(config.compression(), where),
                        config.hasHeader(),
                        Delimiters.check(config.delimiter(), where)),
                new Rolling(
                        Durations.property("rollingInterval", config.rollingInterval()),
                        config.rollingCount(),
                        config.rollingSize(),
                        Rolling.NamePattern.of(config.rollingNamePattern(), where)));
    }

    private record Settings(OutputFile.FileFormat format, Rolling rolling) {}

    @Override
    public Sink open(Config config, SinkContext context) {
        Settings settings = check(config, context.format(), "Sink 'file' of rule '" + context.ruleId() + "'");
        if (!config.path().contains("{{")) {
            access.resolve(config.path(), StandardError.INVALID_PROPERTY);
        }
        return new FileWriting(
                config.path(),
                text -> access.resolve(text, StandardError.ROW_REFUSED),
                path -> new RollingFile(path, settings.format, settings.rolling),
                context.clock());
    }
}
