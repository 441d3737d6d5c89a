package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "stream", name = "show", description = "Shows the statement that created a stream or table")
public final class StreamShow extends StreamAction {
    @Argument(name = "name", description = "Name of the stream or table", required = true)
    @Completion(StreamCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        out.println(Streams.get(streams, name).statement());
    }
}
