package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "rule", name = "explain", description = "Shows how a rule is carried out")
public final class RuleExplain extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Override
    void run(PrintStream out) {
        out.print(rules.explain(id).text());
    }
}
