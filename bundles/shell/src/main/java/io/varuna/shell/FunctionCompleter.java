package io.varuna.shell;

import io.varuna.api.manage.FunctionDescription;
import io.varuna.api.manage.FunctionService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of functions. */
@Service
public final class FunctionCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    FunctionService functions;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(
                        functions.list().stream().map(FunctionDescription::name).toList())
                .complete(session, commandLine, candidates);
    }
}
