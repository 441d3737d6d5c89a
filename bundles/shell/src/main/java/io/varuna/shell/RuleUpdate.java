package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "rule",
        name = "update",
        description = "Replaces or creates a rule; if the new text is wrong, the old one keeps running")
@Parsing(UnquotedJson.class)
public final class RuleUpdate extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Argument(index = 1, name = "rule", description = "The rule as JSON")
    @Nullable
    String rule;

    @Option(name = "-f", aliases = "--file", description = "File that has the rule")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) throws Exception {
        rules.update(id, Texts.argumentOrFile(session, "a rule", rule, file));
        out.println("Rule '" + id + "' is updated.");
    }
}
