package io.varuna.shell;

import io.varuna.api.data.Column;
import io.varuna.api.manage.StreamDescription;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(scope = "stream", name = "describe", description = "Shows the columns and options of a stream or table")
public final class StreamDescribe extends StreamAction {
    @Argument(name = "name", description = "Name of the stream or table", required = true)
    @Completion(StreamCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        StreamDescription stream = Streams.get(streams, name);
        ShellTable columns = new ShellTable();
        columns.column("Column");
        columns.column("Type");
        columns.emptyTableText("No columns declared: any may come");
        for (Column column : stream.schema().columns()) {
            columns.addRow().addContent(column.name(), column.type().toString());
        }
        columns.print(out);
        out.println();
        ShellTable options = new ShellTable();
        options.column("Option");
        options.column("Value");
        stream.options().forEach((option, value) -> options.addRow().addContent(option, value));
        options.print(out);
    }
}
