package io.varuna.shell;

import io.varuna.api.manage.StreamDescription;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "stream", name = "drop", description = "Removes a stream or table")
public final class StreamDrop extends StreamAction {
    @Argument(name = "name", description = "Name of the stream or table", required = true)
    @Completion(StreamCompleter.class)
    String name = "";

    @Option(name = "-f", aliases = "--force", description = "Removes it although rules need it; they stop")
    boolean force;

    @Override
    void run(PrintStream out) {
        StreamDescription stream = Streams.get(streams, name);
        streams.drop(name, Streams.isTable(stream), force);
        out.println("The " + stream.kind().word() + " '" + name + "' is dropped.");
    }
}
