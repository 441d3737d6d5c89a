package io.varuna.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "rule",
        name = "stop",
        description = "Stops rules; they stay stopped after the next start of the container")
public final class RuleStop extends RuleAction {
    @Argument(name = "ids", description = "Ids of the rules", required = true, multiValued = true)
    @Completion(RuleCompleter.class)
    List<String> ids = List.of();

    @Override
    void run(PrintStream out) {
        for (String id : ids) {
            rules.stop(id);
            out.println("Rule '" + id + "' is stopped.");
        }
    }
}
