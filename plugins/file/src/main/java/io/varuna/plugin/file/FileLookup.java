package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * A table of the records in a file, DATASOURCE, which is read again when it has changed. Takes the properties of the source, so
 * that both can share a profile.
 */
@Component
@PluginType("file")
public final class FileLookup implements LookupFactory<FileSource.Config> {
    private static final Duration LOOK_AT_FILE = Duration.ofSeconds(1);

    private final FileAccess access;

    /** Creates the factory for files that the system property {@code varuna.files.root} allows. */
    public FileLookup() {
        this(FileAccess.ofSystem());
    }

    FileLookup(FileAccess access) {
        this.access = access;
    }

    @Override
    public LookupSource open(
            FileSource.Config config, List<String> columns, List<String> keyColumns, SourceContext context) {
        String where = "Table '" + context.stream() + "' of type 'file'";
        FileLayout layout = FileLayout.of(config, context.schema(), where);
        if (layout.type() == FileType.RAW) {
            throw invalid(where + " has 'fileType' 'raw', which has no columns. It takes: json, csv, lines");
        }
        if (config.actionAfterRead() != 0) {
            throw invalid(where + " is read again when it changes, so 'actionAfterRead' has to be 0 (keep)");
        }
        // checks the path now; later, a link may lead elsewhere
        access.resolve(config.path(), context.dataSource());
        Duration interval = Durations.property("interval", config.interval());
        return new FileTable(
                () -> access.resolve(config.path(), context.dataSource()),
                layout,
                interval.isZero() ? LOOK_AT_FILE : interval,
                new FileTable.Wanted(columns, keyColumns),
                context);
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_PROPERTY, message);
    }
}
