package io.varuna.shell;

import java.io.PrintStream;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "state", name = "set", description = "Sets a value that all rules share; get_keyed_state converts it")
public final class StateSet extends StateAction {
    @Argument(name = "key", description = "The key", required = true)
    @Completion(StateKeyCompleter.class)
    String key = "";

    @Argument(index = 1, name = "value", description = "The value, as a text", required = true)
    String value = "";

    @Override
    void run(PrintStream out) {
        state.put(Map.of(key, value));
        out.println("Key '" + key + "' is set.");
    }
}
