package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

@Service
@Command(scope = "rule", name = "tail", description = "Shows the output of a running rule as it comes, until Ctrl-C")
public final class RuleTail extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Option(name = "-n", aliases = "--count", description = "Ends after this many results")
    @Nullable
    String count;

    @Override
    void run(PrintStream out) throws Exception {
        LiveOutput.print(out, listener -> rules.tail(id, listener), LiveOutput.count(count));
    }
}
