package io.varuna.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "rule", name = "tag", description = "Replaces the tags of a rule; without tags removes them all")
public final class RuleTag extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Argument(index = 1, name = "tags", description = "The tags", multiValued = true)
    List<String> tags = List.of();

    @Override
    void run(PrintStream out) {
        rules.setTags(id, tags);
        out.println(
                "Rule '" + id + "' has " + (tags.isEmpty() ? "no tags." : "the tags " + String.join(", ", tags) + "."));
    }
}
