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
        name = "start",
        description = "Starts rules; they also run after the next start of the container")
public final class RuleStart extends RuleAction {
    @Argument(name = "ids", description = "Ids of the rules", required = true, multiValued = true)
    @Completion(RuleCompleter.class)
    List<String> ids = List.of();

    @Override
    void run(PrintStream out) {
        for (String id : ids) {
            rules.start(id);
            out.println("Rule '" + id + "' is starting.");
        }
    }
}
