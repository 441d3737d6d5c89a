package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Service
@Command(
        scope = "rule",
        name = "import",
        description = "Creates or replaces the streams, tables and rules of a file that rule:export wrote")
public final class RuleImport extends RuleAction {
    @Argument(name = "file", description = "File to read", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Override
    void run(PrintStream out) throws CommandException {
        Texts.checkImported(rules.importRuleset(Texts.read(session, file)), "The rest is imported, but not");
        out.println("All is imported.");
    }
}
