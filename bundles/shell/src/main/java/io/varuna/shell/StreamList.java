package io.varuna.shell;

import io.varuna.api.manage.StreamDescription;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(scope = "stream", name = "list", description = "Lists the streams and tables")
public final class StreamList extends StreamAction {
    @Option(name = "-t", aliases = "--tables", description = "Lists tables only")
    boolean tablesOnly;

    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Kind");
        table.column("Type");
        table.column("Source");
        table.column("Format");
        table.emptyTableText(tablesOnly ? "No tables" : "No streams or tables");
        for (StreamDescription stream : Streams.all(streams)) {
            if (!tablesOnly || Streams.isTable(stream)) {
                table.addRow()
                        .addContent(
                                stream.name(),
                                kind(stream),
                                stream.type(),
                                stream.options().getOrDefault("DATASOURCE", ""),
                                stream.format());
            }
        }
        table.print(out);
    }

    private static String kind(StreamDescription stream) {
        return switch (stream.kind()) {
            case STREAM -> "stream";
            case SCAN_TABLE -> "table";
            case LOOKUP_TABLE -> "lookup table";
        };
    }
}
