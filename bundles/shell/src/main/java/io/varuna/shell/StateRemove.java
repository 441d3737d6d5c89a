package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "state", name = "remove", description = "Removes a value that all rules share")
public final class StateRemove extends StateAction {
    @Argument(name = "key", description = "The key", required = true)
    @Completion(StateKeyCompleter.class)
    String key = "";

    @Override
    void run(PrintStream out) {
        if (!state.remove(key)) {
            throw missing(key);
        }
        out.println("Key '" + key + "' is removed.");
    }
}
