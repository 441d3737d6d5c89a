package io.varuna.shell;

import io.varuna.api.manage.KeyedStateService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the keys of the values that all rules share. */
@Service
public final class StateKeyCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    KeyedStateService state;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(state.keys()).complete(session, commandLine, candidates);
    }
}
