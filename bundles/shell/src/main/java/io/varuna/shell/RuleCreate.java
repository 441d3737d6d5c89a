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
        name = "create",
        description = "Creates a rule and starts it, unless it says \"triggered\": false",
        detailedDescription =
                """
                Examples:
                  rule:create '{"id": "ruleTest", "sql": "SELECT * FROM demo", "actions": [{"log": {}}]}'
                  rule:create -f etc/ruleTest.json
                """)
@Parsing(UnquotedJson.class)
public final class RuleCreate extends RuleAction {
    @Argument(name = "rule", description = "The rule as JSON")
    @Nullable
    String rule;

    @Option(name = "-f", aliases = "--file", description = "File that has the rule")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) throws Exception {
        String id = rules.create(Texts.argumentOrFile(session, "a rule", rule, file));
        out.println("Rule '" + id + "' is created.");
    }
}
