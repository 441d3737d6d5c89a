package io.varuna.shell;

import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of streams and tables. */
@Service
public final class StreamCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    StreamService streams;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(Streams.all(streams).stream()
                        .map(StreamDescription::name)
                        .toList())
                .complete(session, commandLine, candidates);
    }
}
