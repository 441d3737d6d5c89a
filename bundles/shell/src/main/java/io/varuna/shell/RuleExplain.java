package io.varuna.shell;

import io.varuna.api.data.Conversions;
import io.varuna.api.manage.RuleExplanation;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "rule", name = "explain", description = "Shows how a rule is carried out")
public final class RuleExplain extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Option(name = "--json", description = "Shows it as JSON, as REST answers")
    boolean json;

    @Override
    void run(PrintStream out) {
        RuleExplanation explanation = rules.explain(id);
        if (json) {
            out.println(Conversions.toText(explanation.members()));
            return;
        }
        out.print(explanation.text());
    }
}
